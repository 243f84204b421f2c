-- Once for each database: which version is the current one, and what each person keeps.
-- The photos themselves are in a schema for each version (version.sql), which never changes after it was published.
CREATE SCHEMA IF NOT EXISTS cropseek;

CREATE TABLE IF NOT EXISTS cropseek.current (
    id integer PRIMARY KEY CHECK (id = 1),
    version bigint NOT NULL,
    identity text NOT NULL,
    layout integer NOT NULL
);

CREATE TABLE IF NOT EXISTS cropseek.marks (
    owner name NOT NULL DEFAULT current_user,
    content text NOT NULL CHECK (length(content) BETWEEN 1 AND 64),
    mark text NOT NULL CHECK (length(mark) BETWEEN 1 AND 60),
    folded bytea NOT NULL CHECK (length(folded) <= 1000),
    kept boolean NOT NULL,
    PRIMARY KEY (owner, content, mark)
);

CREATE TABLE IF NOT EXISTS cropseek.apart (
    owner name NOT NULL DEFAULT current_user,
    asking text NOT NULL CHECK (length(asking) <= 64),
    box text NOT NULL CHECK (length(box) <= 200),
    content text NOT NULL CHECK (length(content) BETWEEN 1 AND 64),
    kept boolean NOT NULL,
    PRIMARY KEY (owner, asking, box, content)
);

CREATE TABLE IF NOT EXISTS cropseek.queries (
    owner name NOT NULL DEFAULT current_user,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    data text NOT NULL CHECK (length(data) BETWEEN 1 AND 1048576),
    kept boolean NOT NULL,
    PRIMARY KEY (owner, name)
);

-- Counts a person's changes, so that their other windows notice them.
CREATE TABLE IF NOT EXISTS cropseek.changes (
    owner name PRIMARY KEY DEFAULT current_user,
    number bigint NOT NULL
);

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['marks', 'apart', 'queries', 'changes'] LOOP
        EXECUTE format('ALTER TABLE cropseek.%I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE cropseek.%I FORCE ROW LEVEL SECURITY', kept);
        IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE schemaname = 'cropseek' AND tablename = kept) THEN
            EXECUTE format('CREATE POLICY own ON cropseek.%I USING (owner = current_user) WITH CHECK (owner = current_user)', kept);
        END IF;
        IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cropseek_reader') THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON cropseek.%I TO cropseek_reader', kept);
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cropseek_reader') THEN
        GRANT USAGE ON SCHEMA cropseek TO cropseek_reader;
        GRANT SELECT ON cropseek.current TO cropseek_reader;
    END IF;
END
$$;
