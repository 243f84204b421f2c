-- One published version of a library.  {schema} is its own schema, {bits} the length of a code.
CREATE SCHEMA {schema};
CREATE TABLE {schema}.meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE {schema}.describer (data bytea NOT NULL);
CREATE TABLE {schema}.roots (id bigint PRIMARY KEY, path text NOT NULL);
CREATE TABLE {schema}.photos (
    id bigint PRIMARY KEY,
    root bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    size bigint NOT NULL,
    mtime_ns bigint NOT NULL,
    content text NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    taken text NOT NULL,
    state text NOT NULL,
    reason text NOT NULL,
    folded bytea NOT NULL,
    folder bytea NOT NULL
);
CREATE TABLE {schema}.vectors (photo bigint PRIMARY KEY, descriptor bytea NOT NULL);
-- Beside the descriptors, not with them: a search of codes reads no others.
CREATE TABLE {schema}.codes (photo bigint PRIMARY KEY, code bit({bits}) NOT NULL, windows bit varying NOT NULL);
CREATE TABLE {schema}.cells (
    photo bigint PRIMARY KEY,
    rows bigint NOT NULL,
    columns bigint NOT NULL,
    positions bytea NOT NULL,
    features bytea NOT NULL
);
CREATE TABLE {schema}.points (photo bigint PRIMARY KEY, places bytea NOT NULL, rows bytea NOT NULL);
CREATE TABLE {schema}.thumbnails (photo bigint PRIMARY KEY, jpeg bytea NOT NULL);
CREATE TABLE {schema}.cameras (photo bigint PRIMARY KEY, camera text NOT NULL, folded bytea NOT NULL);
CREATE TABLE {schema}.marks (content text NOT NULL, mark text NOT NULL, folded bytea NOT NULL);
CREATE TABLE {schema}.apart (asking text NOT NULL, box text NOT NULL, content text NOT NULL);
CREATE TABLE {schema}.queries (name text NOT NULL, data text NOT NULL);
