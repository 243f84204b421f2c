<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n SIFT keypoints</source>
        <translation>
            <numerusform>%n SIFT-Punkt</numerusform>
            <numerusform>%n SIFT-Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channels chose it: {first}</source>
        <translation>
            <numerusform>%n Kanal hat sie gewählt: {first}</numerusform>
            <numerusform>%n Kanäle haben sie gewählt: {first}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n examples</source>
        <translation>
            <numerusform>%n Beispiel</numerusform>
            <numerusform>%n Beispiele</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files written to {folder}.</source>
        <translation>
            <numerusform>%n Datei nach {folder} geschrieben.</numerusform>
            <numerusform>%n Dateien nach {folder} geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hits written to {file}.</source>
        <translation>
            <numerusform>%n Treffer nach {file} geschrieben.</numerusform>
            <numerusform>%n Treffer nach {file} geschrieben.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keypoints agree</source>
        <translation>
            <numerusform>%n Schlüsselpunkt stimmt überein</numerusform>
            <numerusform>%n Schlüsselpunkte stimmen überein</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n likely right</source>
        <translation>
            <numerusform>%n wohl richtig</numerusform>
            <numerusform>%n wohl richtig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nearest to {what}</source>
        <translation>
            <numerusform>%n nahe {what}</numerusform>
            <numerusform>%n nahe {what}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nearly the same</source>
        <translation>
            <numerusform>%n fast gleich</numerusform>
            <numerusform>%n fast gleich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are at this distance, and share the ranks {first} to {last}</source>
        <translation>
            <numerusform>%n Foto hat diesen Abstand und steht auf den Rängen {first} bis {last}</numerusform>
            <numerusform>%n Fotos haben diesen Abstand und teilen sich die Ränge {first} bis {last}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are not there any more, and shown in grey.</source>
        <translation>
            <numerusform>%n Foto ist nicht mehr da und wird grau gezeigt.</numerusform>
            <numerusform>%n Fotos sind nicht mehr da und werden grau gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos could not be read.</source>
        <translation>
            <numerusform>%n Foto war nicht lesbar.</numerusform>
            <numerusform>%n Fotos waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos indexed</source>
        <translation>
            <numerusform>%n Foto erfasst</numerusform>
            <numerusform>%n Fotos erfasst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos: zoom in</source>
        <translation>
            <numerusform>%n Foto: näher heran</numerusform>
            <numerusform>%n Fotos: näher heran</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n queries are judged now.</source>
        <translation>
            <numerusform>%n Anfrage ist jetzt beurteilt.</numerusform>
            <numerusform>%n Anfragen sind jetzt beurteilt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that are nearly the same</source>
        <translation>
            <numerusform>%n fast gleiches</numerusform>
            <numerusform>%n fast gleiche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that you rejected are left out</source>
        <translation>
            <numerusform>%n verworfenes ist weggelassen</numerusform>
            <numerusform>%n verworfene sind weggelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n verified</source>
        <translation>
            <numerusform>%n bestätigt</numerusform>
            <numerusform>%n bestätigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n windows</source>
        <comment>parts of a photo</comment>
        <translation>
            <numerusform>%n Fenster</numerusform>
            <numerusform>%n Fenster</numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;{suffix}&apos; is no format of a figure</source>
        <translation>„{suffix}“ ist kein Format für eine Abbildung</translation>
    </message>
    <message>
        <source>(a) kept, %</source>
        <translation>(a) behalten, %</translation>
    </message>
    <message>
        <source>(b) pairs within ±0.15, %</source>
        <translation>(b) Paare innerhalb ±0,15, %</translation>
    </message>
    <message>
        <source>160 pictures of a made-up town come with the program.</source>
        <translation>160 Bilder einer erfundenen Stadt liegen dem Programm bei.</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>2×2 pool</source>
        <translation>2×2-Pool</translation>
    </message>
    <message>
        <source>50 is the paper&apos;s median</source>
        <translation>50 ist der Median des Aufsatzes</translation>
    </message>
    <message>
        <source>A click pins a cell and shows its likeness to all others (P)</source>
        <translation>Ein Klick heftet eine Zelle fest und zeigt, wie ähnlich ihr alle anderen sind (P)</translation>
    </message>
    <message>
        <source>A collection on a server that many people search</source>
        <translation>Eine Sammlung auf einem Server, in der viele suchen</translation>
    </message>
    <message>
        <source>A collection that was indexed before (.cropseek).</source>
        <translation>Eine Sammlung, die schon erfasst wurde (.cropseek).</translation>
    </message>
    <message>
        <source>A folder for the judgements</source>
        <translation>Ein Ordner für die Urteile</translation>
    </message>
    <message>
        <source>A folder for the photos</source>
        <translation>Ein Ordner für die Fotos</translation>
    </message>
    <message>
        <source>A folder in the form of Oxford&apos;s</source>
        <translation>Ein Ordner in der Form von Oxford</translation>
    </message>
    <message>
        <source>A folder with judgements in Oxford&apos;s form</source>
        <translation>Ein Ordner mit Urteilen in der Form von Oxford</translation>
    </message>
    <message>
        <source>A further example of what you look for</source>
        <translation>Ein weiteres Beispiel für das Gesuchte</translation>
    </message>
    <message>
        <source>A further window, with a collection of its own</source>
        <translation>Ein weiteres Fenster mit einer eigenen Sammlung</translation>
    </message>
    <message>
        <source>A library that somebody has published on a server. Whoever runs the server knows the address; it holds no password.</source>
        <translation>Eine Bibliothek, die jemand auf einem Server veröffentlicht hat. Die Adresse kennt, wer den Server betreibt; ein Passwort steht nicht darin.</translation>
    </message>
    <message>
        <source>A pipeline to start from</source>
        <translation>Eine Pipeline als Ausgangspunkt</translation>
    </message>
    <message>
        <source>A sample by chance; quick, with its uncertainty</source>
        <translation>Eine zufällige Stichprobe; schnell, mit ihrer Unsicherheit</translation>
    </message>
    <message>
        <source>A table of all stars and tags</source>
        <translation>Eine Tabelle aller Sterne und Schlagwörter</translation>
    </message>
    <message>
        <source>AP {figure:.2f} ({low:.2f} to {high:.2f})</source>
        <translation>AP {figure:.2f} ({low:.2f} bis {high:.2f})</translation>
    </message>
    <message>
        <source>About Cropseek</source>
        <translation>Über Cropseek</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Actions ▾</source>
        <translation>Aktionen ▾</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Added: {mark}.</source>
        <translation>Hinzugefügt: {mark}.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>After “{paper}” by Do, Hoang, Le Tan and Cheung.</source>
        <translation>Nach „{paper}“ von Do, Hoang, Le Tan und Cheung.</translation>
    </message>
    <message>
        <source>Aggregation ψ</source>
        <translation>Aggregation ψ</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation>Alle Befehle …</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>Auch</translation>
    </message>
    <message>
        <source>Any network of these libraries can take the place of ours. Choose a layer with cells of 8 to 16 pixels: larger ones miss small things. The pipeline is fitted anew, and the photos are indexed with it into a library of their own.</source>
        <translation>Jedes Netz dieser Bibliotheken kann unseres ersetzen. Eine Schicht mit Zellen von 8 bis 16 Pixeln wählen: größere übersehen Kleines. Die Pipeline wird neu angelernt, und die Fotos werden damit in eine eigene Bibliothek erfasst.</translation>
    </message>
    <message>
        <source>Any of them</source>
        <translation>Eines davon</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>Arranging the photos by likeness…</source>
        <translation>Fotos werden nach Ähnlichkeit angeordnet …</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>Arrows move, plus and minus zoom, Home shows all, Enter opens the photo in the middle.</source>
        <translation>Pfeile verschieben, Plus und Minus zoomen, Pos1 zeigt alles, Eingabe öffnet das Foto in der Mitte.</translation>
    </message>
    <message>
        <source>As PNG, SVG or PDF</source>
        <translation>Als PNG, SVG oder PDF</translation>
    </message>
    <message>
        <source>Ask with any photo file</source>
        <translation>Mit einer beliebigen Fotodatei suchen</translation>
    </message>
    <message>
        <source>Ask with the chosen photos of the gallery, or the chosen hits</source>
        <translation>Mit den gewählten Fotos der Galerie oder den gewählten Treffern suchen</translation>
    </message>
    <message>
        <source>At the start</source>
        <translation>Beim Start</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the photo (C, Esc)</source>
        <translation>Zurück zum Foto (C, Esc)</translation>
    </message>
    <message>
        <source>Back to the query</source>
        <translation>Zurück zur Anfrage</translation>
    </message>
    <message>
        <source>Back to the query&apos;s own photo</source>
        <translation>Zurück zum Foto der Anfrage</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>Baseline</translation>
    </message>
    <message>
        <source>Best: cells, then geometry</source>
        <translation>Am besten: Zellen, dann Geometrie</translation>
    </message>
    <message>
        <source>Bit {number}: they agree</source>
        <translation>Bit {number}: gleich</translation>
    </message>
    <message>
        <source>Bit {number}: they differ</source>
        <translation>Bit {number}: verschieden</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Bits of the codes</source>
        <translation>Bits der Codes</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Überblenden</translation>
    </message>
    <message>
        <source>Borders of cells</source>
        <translation>Zellgrenzen</translation>
    </message>
    <message>
        <source>Borders of cells (B)</source>
        <translation>Zellgrenzen (B)</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Box in numbers</source>
        <translation>Rahmen in Zahlen</translation>
    </message>
    <message>
        <source>Box of {width:.0f} by {height:.0f} pixels at {left:.0f}, {top:.0f}. Arrow keys move it, with Ctrl they resize it, Escape clears it.</source>
        <translation>Rahmen von {width:.0f} mal {height:.0f} Pixeln bei {left:.0f}, {top:.0f}. Pfeiltasten verschieben ihn, mit Strg ändern sie seine Größe, Esc entfernt ihn.</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Sichten</translation>
    </message>
    <message>
        <source>Browse (G) has all photos. Type into its filter: words, folder:rome, date:2024. S stars a photo.</source>
        <translation>„Sichten“ (G) zeigt alle Fotos. Ins Filterfeld tippen: Wörter, folder:rom, date:2024. S gibt einem Foto einen Stern.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>Nach Datum</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message>
        <source>By likeness</source>
        <translation>Nach Ähnlichkeit</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>Nach Größe</translation>
    </message>
    <message>
        <source>By what you judged. Precision: of the hits down to the last judged one, junk left out; those that are not judged count as wrong. AP: average precision as in Oxford&apos;s evaluation. In brackets 95 % intervals: Wilson&apos;s for the precision, a bootstrap over the good photos for AP.</source>
        <translation>Nach Ihren Urteilen. Genauigkeit: von den Treffern bis zum letzten beurteilten, ohne unbrauchbare; nicht beurteilte zählen als falsch. AP: mittlere Genauigkeit wie in der Auswertung von Oxford. In Klammern 95-%-Intervalle: nach Wilson für die Genauigkeit, ein Bootstrap über die guten Fotos für AP.</translation>
    </message>
    <message>
        <source>C shows which cells, keypoints and bits speak for it. Inspect (I) shows what the masks keep, Browse (G) the whole gallery, and the Lab (L) other pipelines.</source>
        <translation>C zeigt, welche Zellen, Schlüsselpunkte und Bits dafür sprechen. „Prüfen“ (I) zeigt, was die Masken behalten, „Sichten“ (G) die ganze Galerie und das Labor (L) andere Pipelines.</translation>
    </message>
    <message>
        <source>CSV, JSON, or pages of pictures</source>
        <translation>CSV, JSON oder Seiten mit Bildern</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>Cell under the mouse</source>
        <translation>Zelle unter der Maus</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Change that one first.</source>
        <translation>Zuerst jene ändern.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Channels that are zero everywhere would choose the top left cell</source>
        <translation>Kanäle, die überall null sind, würden die Zelle oben links wählen</translation>
    </message>
    <message>
        <source>Choose a hit first: Y marks it as right, N as wrong.</source>
        <translation>Zuerst einen Treffer wählen: Y markiert ihn als richtig, N als falsch.</translation>
    </message>
    <message>
        <source>Choose a network</source>
        <translation>Ein Netz wählen</translation>
    </message>
    <message>
        <source>Choose a photo, then draw a box around what you look for</source>
        <translation>Ein Foto wählen und einen Rahmen um das Gesuchte ziehen</translation>
    </message>
    <message>
        <source>Choose a preset under Pipeline and press Compare: both rank what is asked.</source>
        <translation>Unter „Pipeline“ eine Voreinstellung wählen und „Vergleichen“ drücken: Beide ordnen dann die Anfrage.</translation>
    </message>
    <message>
        <source>Choose hits first, then say which are good and which are junk.</source>
        <translation>Zuerst Treffer wählen, dann sagen, welche gut und welche unbrauchbar sind.</translation>
    </message>
    <message>
        <source>Choose photos first. Those that are not indexed yet can be marked in a moment.</source>
        <translation>Zuerst Fotos wählen. Noch nicht erfasste lassen sich gleich markieren.</translation>
    </message>
    <message>
        <source>Choose the cells to search with, one by one</source>
        <translation>Die Zellen, mit denen gesucht wird, einzeln wählen</translation>
    </message>
    <message>
        <source>Choose the folder that holds what {folder} held.</source>
        <translation>Den Ordner wählen, der enthält, was in {folder} war.</translation>
    </message>
    <message>
        <source>Choose the results that do not show it; they will not come again for this query.</source>
        <translation>Die Ergebnisse wählen, die es nicht zeigen; sie erscheinen für diese Anfrage nicht wieder.</translation>
    </message>
    <message>
        <source>Choose “Pin”, then click a cell.</source>
        <translation>„Anheften“ wählen, dann eine Zelle anklicken.</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Clear box</source>
        <translation>Rahmen entfernen</translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation>Text löschen</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Click a cell of the photo.</source>
        <translation>Eine Zelle des Fotos anklicken.</translation>
    </message>
    <message>
        <source>Click a cell to keep its numbers on show</source>
        <translation>Eine Zelle anklicken, damit ihre Zahlen stehen bleiben</translation>
    </message>
    <message>
        <source>Click a result to look at it near the place where the thing was found; [ and ] go on to the next.</source>
        <translation>Ein Ergebnis anklicken, um es an der Fundstelle aus der Nähe zu sehen; [ und ] gehen weiter.</translation>
    </message>
    <message>
        <source>Click a result to see which parts of it speak for it.</source>
        <translation>Ein Ergebnis anklicken, um zu sehen, welche Teile dafür sprechen.</translation>
    </message>
    <message>
        <source>Click one. It opens where the thing was found, outlined. The keys [ and ] go on, Alt+Left goes back.</source>
        <translation>Eines anklicken. Es öffnet sich an der umrandeten Fundstelle. Die Tasten [ und ] gehen weiter, Alt+Links geht zurück.</translation>
    </message>
    <message>
        <source>Close all windows; indexing goes on at the next start</source>
        <translation>Alle Fenster schließen; beim nächsten Start wird weiter erfasst</translation>
    </message>
    <message>
        <source>Codes (Hamming)</source>
        <translation>Codes (Hamming)</translation>
    </message>
    <message>
        <source>Codes of parts of photos</source>
        <translation>Codes von Teilen der Fotos</translation>
    </message>
    <message>
        <source>Codes, then averaged descriptors</source>
        <translation>Codes, dann gemittelte Deskriptoren</translation>
    </message>
    <message>
        <source>Codes, then descriptors</source>
        <translation>Codes, dann Deskriptoren</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Colours as the desktop has them</source>
        <translation>Farben wie auf dem Schreibtisch</translation>
    </message>
    <message>
        <source>Colours from {least} to {most}</source>
        <translation>Farben von {least} bis {most}</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare keypoints of the first hits, or of twice as many</source>
        <translation>Schlüsselpunkte der ersten Treffer vergleichen, oder von doppelt so vielen</translation>
    </message>
    <message>
        <source>Comparing every cell…</source>
        <translation>Alle Zellen werden verglichen …</translation>
    </message>
    <message>
        <source>Comparing: {progress}</source>
        <translation>Vergleich: {progress}</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Contact sheet, pages</source>
        <translation>Kontaktbogen, Seiten</translation>
    </message>
    <message>
        <source>Copies of the photos are in {folder}.</source>
        <translation>Kopien der Fotos sind in {folder}.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy a picture or a file, then paste it.</source>
        <translation>Ein Bild oder eine Datei kopieren, dann einfügen.</translation>
    </message>
    <message>
        <source>Copy a picture, a file, or the path of one, then paste it.</source>
        <translation>Ein Bild, eine Datei oder deren Pfad kopieren, dann einfügen.</translation>
    </message>
    <message>
        <source>Copy into a folder…</source>
        <translation>In einen Ordner kopieren …</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy the picture itself in the browser (Copy Image), then paste it here.</source>
        <translation>Im Browser das Bild selbst kopieren („Grafik kopieren“), dann hier einfügen.</translation>
    </message>
    <message>
        <source>Covariance histograms</source>
        <translation>Kovarianz-Histogramme</translation>
    </message>
    <message>
        <source>Cropseek libraries</source>
        <translation>Cropseek-Bibliotheken</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P finds every command by its words, F1 lists all keys. Now open a folder of your own with Ctrl+O.</source>
        <translation>Strg+Umschalt+P findet jeden Befehl nach seinen Wörtern, F1 zeigt alle Tasten. Jetzt mit Strg+O einen eigenen Ordner öffnen.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Design</translation>
    </message>
    <message>
        <source>Darken removed cells</source>
        <translation>Entfernte Zellen abdunkeln</translation>
    </message>
    <message>
        <source>Darkness of removed cells</source>
        <translation>Abdunklung entfernter Zellen</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Describe all photos again where the pipeline has a newer fit</source>
        <translation>Alle Fotos neu beschreiben, wenn die Pipeline neuer angelernt ist</translation>
    </message>
    <message>
        <source>Describe anew</source>
        <translation>Neu beschreiben</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Descriptors (cosine)</source>
        <translation>Deskriptoren (Kosinus)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation>Details zum Foto</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Dimensions d</source>
        <translation>Dimensionen d</translation>
    </message>
    <message>
        <source>Do again what was undone</source>
        <translation>Das Zurückgenommene wieder tun</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Dot products of all pairs of cells (grey) and of kept ones (coloured). Band: ±0.15. Line: the cell under the mouse.</source>
        <translation>Skalarprodukte aller Zellpaare (grau) und der behaltenen (farbig). Band: ±0,15. Linie: Zelle unter der Maus.</translation>
    </message>
    <message>
        <source>Drag a box around anything to find it in the other photos</source>
        <translation>Einen Rahmen um etwas ziehen, um es in den anderen Fotos zu finden</translation>
    </message>
    <message>
        <source>Drag its middle or edges</source>
        <translation>An der Mitte oder den Kanten ziehen</translation>
    </message>
    <message>
        <source>Draw a box</source>
        <translation>Einen Rahmen ziehen</translation>
    </message>
    <message>
        <source>Draw a box first: it is moved a little, to see which hits stay.</source>
        <translation>Zuerst einen Rahmen ziehen: Er wird ein wenig verschoben, um zu sehen, welche Treffer bleiben.</translation>
    </message>
    <message>
        <source>Draw a box on a photo.
Find it in your collection. See why.</source>
        <translation>Auf einem Foto etwas rahmen.
Es in der Sammlung finden.</translation>
    </message>
    <message>
        <source>Draw a box on a photo; find it in your collection; see why.</source>
        <translation>Auf einem Foto einen Rahmen ziehen; das Ding in der Sammlung finden; sehen, warum.</translation>
    </message>
    <message>
        <source>Draw a further example of what you look for (or hold Shift)</source>
        <translation>Ein weiteres Beispiel für das Gesuchte rahmen (oder Umschalt halten)</translation>
    </message>
    <message>
        <source>Draw what you do not look for (or the right button)</source>
        <translation>Rahmen, was nicht gesucht ist (oder mit der rechten Taste)</translation>
    </message>
    <message>
        <source>Draw with the mouse</source>
        <translation>Mit der Maus ziehen</translation>
    </message>
    <message>
        <source>Drop or paste</source>
        <translation>Ablegen oder einfügen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Embedding φ</source>
        <translation>Einbettung φ</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>Rundgang beenden</translation>
    </message>
    <message>
        <source>End the tour (Esc)</source>
        <translation>Rundgang beenden (Esc)</translation>
    </message>
    <message>
        <source>Enter, double click</source>
        <translation>Eingabe, Doppelklick</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Every panel at its place, as at the first start</source>
        <translation>Alle Bereiche an ihrem Platz, wie beim ersten Start</translation>
    </message>
    <message>
        <source>Everything has a key</source>
        <translation>Alles hat eine Taste</translation>
    </message>
    <message numerus="yes">
        <source>Export %n sheets to</source>
        <translation>
            <numerusform>%n Bogen exportieren nach</numerusform>
            <numerusform>%n Bögen exportieren nach</numerusform>
        </translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alle exportieren …</translation>
    </message>
    <message>
        <source>Export chosen…</source>
        <translation>Gewählte exportieren …</translation>
    </message>
    <message>
        <source>Export figure 2</source>
        <translation>Abbildung 2 exportieren</translation>
    </message>
    <message>
        <source>Export figure 2…</source>
        <translation>Abbildung 2 exportieren …</translation>
    </message>
    <message>
        <source>Export hits</source>
        <translation>Treffer exportieren</translation>
    </message>
    <message>
        <source>Export judgements…</source>
        <translation>Urteile exportieren …</translation>
    </message>
    <message>
        <source>Export marks</source>
        <translation>Markierungen exportieren</translation>
    </message>
    <message>
        <source>Export marks…</source>
        <translation>Markierungen exportieren …</translation>
    </message>
    <message>
        <source>Export table or sheet…</source>
        <translation>Tabelle oder Bogen exportieren …</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>Gegenüberstellung exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Fastest: graphics card where there is one</source>
        <translation>Am schnellsten: Grafikkarte, wo es eine gibt</translation>
    </message>
    <message>
        <source>Features of its network may be negative, where the paper&apos;s are not: its masks take them as they are.</source>
        <translation>Merkmale dieses Netzes können negativ sein, die des Aufsatzes nicht: Die Masken nehmen sie, wie sie sind.</translation>
    </message>
    <message>
        <source>Fewer leave more of the machine to other programs; indexing takes longer</source>
        <translation>Weniger lassen anderen Programmen mehr vom Rechner; das Erfassen dauert länger</translation>
    </message>
    <message>
        <source>Figure 2</source>
        <translation>Abbildung 2</translation>
    </message>
    <message>
        <source>Figure 2 in each format, masks as PNG and NPY, numbers as CSV</source>
        <translation>Abbildung 2 in jedem Format, Masken als PNG und NPY, Zahlen als CSV</translation>
    </message>
    <message>
        <source>Figure 2 with a result</source>
        <translation>Abbildung 2 mit einem Ergebnis</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Abbildungen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Filter of the gallery</source>
        <translation>Filter der Galerie</translation>
    </message>
    <message>
        <source>Filter of the results</source>
        <translation>Filter der Ergebnisse</translation>
    </message>
    <message>
        <source>Filter results</source>
        <translation>Treffer filtern</translation>
    </message>
    <message>
        <source>Filter the gallery</source>
        <translation>Galerie filtern</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Find a command by its words</source>
        <translation>Einen Befehl nach seinen Wörtern suchen</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Befehl suchen …</translation>
    </message>
    <message>
        <source>Find your way</source>
        <translation>Sich zurechtfinden</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit</source>
        <comment>learn the settings of a pipeline</comment>
        <translation>Anlernen</translation>
    </message>
    <message>
        <source>Fit and save a pipeline</source>
        <translation>Eine Pipeline anlernen und sichern</translation>
    </message>
    <message>
        <source>Fit and save…</source>
        <translation>Anlernen …</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folders, dates and tags</source>
        <translation>Ordner, Daten und Schlagwörter</translation>
    </message>
    <message>
        <source>For a bright room</source>
        <translation>Für helle Räume</translation>
    </message>
    <message>
        <source>For a dim room</source>
        <translation>Für dunkle Räume</translation>
    </message>
    <message>
        <source>For the networks of timm install that package: pip install &apos;cropseek[networks]&apos;</source>
        <translation>Für die Netze von timm dieses Paket installieren: pip install &apos;cropseek[networks]&apos;</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget missing photos</source>
        <translation>Fehlende Fotos vergessen</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forget what was rejected for this query</source>
        <translation>Vergessen, was für diese Anfrage verworfen wurde</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Found by cells that are alike and lie alike</source>
        <translation>Gefunden, weil Zellen sich gleichen und gleich liegen</translation>
    </message>
    <message>
        <source>Found by its descriptor</source>
        <translation>Gefunden durch den Deskriptor</translation>
    </message>
    <message>
        <source>Found by keypoints that agree in geometry</source>
        <translation>Gefunden, weil Schlüsselpunkte geometrisch übereinstimmen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Give the chosen photos a tag, or take it away</source>
        <translation>Den gewählten Fotos ein Schlagwort geben oder nehmen</translation>
    </message>
    <message>
        <source>Give up what is drawn, or take the box away</source>
        <translation>Das Gezogene aufgeben oder den Rahmen entfernen</translation>
    </message>
    <message>
        <source>Graphics card, bfloat16</source>
        <translation>Grafikkarte, bfloat16</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Hashing</source>
        <translation>Hashing</translation>
    </message>
    <message>
        <source>Heat (4-7)</source>
        <translation>Wärme (4-7)</translation>
    </message>
    <message>
        <source>Heat: channels won</source>
        <translation>Wärme: gewonnene Kanäle</translation>
    </message>
    <message>
        <source>Heat: likeness</source>
        <translation>Wärme: Ähnlichkeit</translation>
    </message>
    <message>
        <source>Heat: one channel</source>
        <translation>Wärme: ein Kanal</translation>
    </message>
    <message>
        <source>Heat: Σ</source>
        <translation>Wärme: Σ</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Heights by their logarithm</source>
        <translation>Höhen logarithmisch</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Here the mask raises the correlation: it keeps cells that lie side by side, which see nearly the same part of the photo, and leaves out the others.</source>
        <translation>Hier erhöht die Maske die Korrelation: Sie behält Zellen, die nebeneinander liegen und fast denselben Teil des Fotos sehen, und lässt die anderen weg.</translation>
    </message>
    <message>
        <source>Hits at least {share} % likely to be right</source>
        <translation>Treffer, die mindestens zu {share} % richtig sind</translation>
    </message>
    <message>
        <source>Hold the indexing; it goes on where it stopped</source>
        <translation>Das Erfassen anhalten; es geht da weiter, wo es aufhörte</translation>
    </message>
    <message>
        <source>Holds from the next start</source>
        <translation>Gilt ab dem nächsten Start</translation>
    </message>
    <message>
        <source>How alike the features are, with and without each mask, is drawn here.</source>
        <translation>Hier wird gezeichnet, wie ähnlich sich die Merkmale mit und ohne jede Maske sind.</translation>
    </message>
    <message>
        <source>How dark the cells are that a mask removes</source>
        <translation>Wie dunkel die Zellen sind, die eine Maske entfernt</translation>
    </message>
    <message>
        <source>How many channels have their maximum on each cell</source>
        <translation>Wie viele Kanäle ihr Maximum auf jeder Zelle haben</translation>
    </message>
    <message>
        <source>How many photos of the collection</source>
        <translation>Wie viele Fotos der Sammlung</translation>
    </message>
    <message>
        <source>How much each cell adds to the cosine, as its brightness</source>
        <translation>Wie viel jede Zelle zum Kosinus beiträgt, als Helligkeit</translation>
    </message>
    <message>
        <source>How much each cell is like the pinned one</source>
        <translation>Wie ähnlich jede Zelle der angehefteten ist</translation>
    </message>
    <message>
        <source>How much each mask keeps in this collection, and what it does to the correlation of features (the paper&apos;s Fig. 3).</source>
        <translation>Wie viel jede Maske in dieser Sammlung behält und was sie mit der Korrelation der Merkmale macht (Abb. 3 des Aufsatzes).</translation>
    </message>
    <message>
        <source>How much of the hit is seen over the query</source>
        <translation>Wie viel vom Treffer über der Anfrage zu sehen ist</translation>
    </message>
    <message>
        <source>How query and hit are shown</source>
        <translation>Wie Anfrage und Treffer gezeigt werden</translation>
    </message>
    <message>
        <source>How several boxes are joined</source>
        <translation>Wie mehrere Rahmen verbunden werden</translation>
    </message>
    <message>
        <source>How the hits are ranked and shown</source>
        <translation>Wie die Treffer geordnet und gezeigt werden</translation>
    </message>
    <message>
        <source>How the photos are ranked</source>
        <translation>Wie die Fotos geordnet werden</translation>
    </message>
    <message>
        <source>In a minute</source>
        <translation>In einer Minute</translation>
    </message>
    <message>
        <source>In which order the photos stand</source>
        <translation>In welcher Reihenfolge die Fotos stehen</translation>
    </message>
    <message>
        <source>Index a further folder into the open library</source>
        <translation>Einen weiteren Ordner in die offene Bibliothek aufnehmen</translation>
    </message>
    <message>
        <source>Index as always</source>
        <translation>Erfassen wie immer</translation>
    </message>
    <message>
        <source>Index its folders into it</source>
        <translation>Ihre Ordner darin erfassen</translation>
    </message>
    <message>
        <source>Index the open folders with this preset into a library of its own</source>
        <translation>Die offenen Ordner mit dieser Voreinstellung in eine eigene Bibliothek erfassen</translation>
    </message>
    <message>
        <source>Index what is new or changed in the folder</source>
        <translation>Neues und Geändertes im Ordner erfassen</translation>
    </message>
    <message>
        <source>Index with one thread</source>
        <translation>Mit einem Thread erfassen</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Intervals are of 95 %.</source>
        <translation>Intervalle sind 95-%-Intervalle.</translation>
    </message>
    <message>
        <source>Is it damaged, or very large? Save it as a file, then open that.</source>
        <translation>Ist es beschädigt oder sehr groß? Als Datei speichern und diese öffnen.</translation>
    </message>
    <message>
        <source>Is its disk connected? Open it again when it is.</source>
        <translation>Ist der Datenträger angeschlossen? Dann erneut öffnen.</translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation>Ist der Datenträger voll?</translation>
    </message>
    <message>
        <source>It is asked again every few seconds; what was found before stays.</source>
        <translation>Er wird alle paar Sekunden wieder gefragt; was schon gefunden ist, bleibt.</translation>
    </message>
    <message>
        <source>It shows not all of what is asked; it counts as good</source>
        <translation>Er zeigt nicht alles Gesuchte; er zählt als gut</translation>
    </message>
    <message>
        <source>It shows what is asked; the ranking stays</source>
        <translation>Er zeigt das Gesuchte; die Rangfolge bleibt</translation>
    </message>
    <message>
        <source>Its weights are about {size:,} MB.</source>
        <translation>Seine Gewichte haben etwa {size:,} MB.</translation>
    </message>
    <message>
        <source>Judge as good</source>
        <translation>Als gut beurteilen</translation>
    </message>
    <message>
        <source>Judge as junk</source>
        <translation>Als unbrauchbar beurteilen</translation>
    </message>
    <message>
        <source>Judge as shown in part</source>
        <translation>Als teilweise zu sehen beurteilen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep this query in the library</source>
        <translation>Diese Anfrage in der Bibliothek aufheben</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Key of {command}</source>
        <translation>Taste für {command}</translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation>Taste: {key}</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Schlüsselpunkte</translation>
    </message>
    <message>
        <source>Keypoints, masks and histograms together, linked</source>
        <translation>Schlüsselpunkte, Masken und Histogramme zusammen, verknüpft</translation>
    </message>
    <message>
        <source>Keypoints, masks and histograms, linked (H)</source>
        <translation>Schlüsselpunkte, Masken und Histogramme, verknüpft (H)</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation>Tasten und Hilfe</translation>
    </message>
    <message>
        <source>Keys: click one and press the new key; Backspace takes it away.</source>
        <translation>Tasten: eine anklicken und die neue drücken; Rücktaste entfernt sie.</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Lay a mask over the photo</source>
        <translation>Eine Maske über das Foto legen</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Learn these settings on a folder of other photos, as a preset</source>
        <translation>Diese Einstellungen an einem Ordner anderer Fotos anlernen, als Voreinstellung</translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation>Geringste Sicherheit</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation>Auslassen …</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Design</translation>
    </message>
    <message>
        <source>Lines between keypoints that agree in geometry</source>
        <translation>Linien zwischen Schlüsselpunkten, die geometrisch übereinstimmen</translation>
    </message>
    <message>
        <source>Lines between keypoints that are alike and do not agree</source>
        <translation>Linien zwischen Schlüsselpunkten, die sich gleichen und nicht übereinstimmen</translation>
    </message>
    <message>
        <source>Lines between the strongest pairs</source>
        <translation>Linien zwischen den stärksten Paaren</translation>
    </message>
    <message>
        <source>Lines between the strongest pairs of cells</source>
        <translation>Linien zwischen den stärksten Zellpaaren</translation>
    </message>
    <message>
        <source>Link into a folder…</source>
        <translation>In einen Ordner verknüpfen …</translation>
    </message>
    <message>
        <source>Links of the photos are in {folder}.</source>
        <translation>Verknüpfungen der Fotos sind in {folder}.</translation>
    </message>
    <message>
        <source>Links to the originals</source>
        <translation>Verknüpfungen mit den Originalen</translation>
    </message>
    <message>
        <source>List the photos that could not be indexed, and why</source>
        <translation>Die Fotos, die nicht erfasst werden konnten, mit Gründen</translation>
    </message>
    <message>
        <source>Local features</source>
        <translation>Lokale Merkmale</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längere Seite</translation>
    </message>
    <message>
        <source>Look at a hit</source>
        <translation>Einen Treffer ansehen</translation>
    </message>
    <message>
        <source>Look at a result</source>
        <translation>Ein Ergebnis ansehen</translation>
    </message>
    <message>
        <source>Look at the hit after this one</source>
        <translation>Den Treffer nach diesem ansehen</translation>
    </message>
    <message>
        <source>Look at the hit before this one</source>
        <translation>Den Treffer vor diesem ansehen</translation>
    </message>
    <message>
        <source>Look at the photo turned by a quarter; the file stays as it is</source>
        <translation>Das Foto um ein Viertel gedreht ansehen; die Datei bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Looking at the photo&apos;s features…</source>
        <translation>Die Merkmale des Fotos werden betrachtet …</translation>
    </message>
    <message>
        <source>MAX kept</source>
        <translation>MAX bleibt</translation>
    </message>
    <message>
        <source>MAX mask</source>
        <translation>MAX-Maske</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Maker</source>
        <translation>Hersteller</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Map of the collection</source>
        <translation>Karte der Sammlung</translation>
    </message>
    <message>
        <source>Mark as right</source>
        <translation>Als richtig markieren</translation>
    </message>
    <message>
        <source>Mark as wrong</source>
        <translation>Als falsch markieren</translation>
    </message>
    <message>
        <source>Mark results with Y and N, draw further boxes with Shift or the right button, and the search gets better.</source>
        <translation>Ergebnisse mit Y und N markieren, weitere Rahmen mit Umschalt oder der rechten Taste ziehen: Die Suche wird besser.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Matching cells</source>
        <translation>Zellen vergleichen</translation>
    </message>
    <message numerus="yes">
        <source>Measure %n photos</source>
        <translation>
            <numerusform>%n Foto messen</numerusform>
            <numerusform>%n Fotos messen</numerusform>
        </translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation>Alle messen</translation>
    </message>
    <message>
        <source>Measured photos</source>
        <translation>Gemessene Fotos</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Es wird gemessen …</translation>
    </message>
    <message>
        <source>Median, contrast 4, radius 1, every channel, the library&apos;s size</source>
        <translation>Median, Kontrast 4, Radius 1, alle Kanäle, Größe der Bibliothek</translation>
    </message>
    <message>
        <source>More commands</source>
        <translation>Weitere Befehle</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche suchen</translation>
    </message>
    <message>
        <source>Move or resize the box</source>
        <translation>Rahmen verschieben oder ändern</translation>
    </message>
    <message>
        <source>Move the box by a pixel; with Shift by ten; with Ctrl resize it</source>
        <translation>Den Rahmen um ein Pixel verschieben; mit Umschalt um zehn; mit Strg die Größe ändern</translation>
    </message>
    <message>
        <source>Move the mouse over the photo.</source>
        <translation>Die Maus über das Foto bewegen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Names or paths to leave out, with * and ?, blanks between them:</source>
        <translation>Namen oder Pfade, die ausgelassen werden, mit * und ?, durch Leerzeichen getrennt:</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Fast gleiche</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Network runs on</source>
        <translation>Netz läuft auf</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Netze</translation>
    </message>
    <message>
        <source>Never show this hit for this query again</source>
        <translation>Diesen Treffer für diese Anfrage nie wieder zeigen</translation>
    </message>
    <message>
        <source>New window</source>
        <translation>Neues Fenster</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next box is not wanted</source>
        <translation>Nächster Rahmen ist unerwünscht</translation>
    </message>
    <message>
        <source>Next box is wanted too</source>
        <translation>Nächster Rahmen ist auch gesucht</translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Next hit (])</source>
        <translation>Nächster Treffer (])</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>No box. Draw one with the mouse to search for what is in it.</source>
        <translation>Kein Rahmen. Mit der Maus einen ziehen, um zu suchen, was darin ist.</translation>
    </message>
    <message>
        <source>No graphics card that can be used was found, or the settings name the processor.</source>
        <translation>Keine nutzbare Grafikkarte gefunden, oder die Einstellungen nennen den Prozessor.</translation>
    </message>
    <message>
        <source>No photo passes the filter.</source>
        <translation>Kein Foto passt zum Filter.</translation>
    </message>
    <message>
        <source>No photo was skipped.</source>
        <translation>Kein Foto wurde übergangen.</translation>
    </message>
    <message>
        <source>No photo. {hint}.</source>
        <translation>Kein Foto. {hint}.</translation>
    </message>
    <message>
        <source>None verified</source>
        <translation>Keines bestätigt</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>Nicht</translation>
    </message>
    <message>
        <source>Not measured for this ranking</source>
        <translation>Für diese Rangfolge nicht gemessen</translation>
    </message>
    <message>
        <source>Not there now: {folders}</source>
        <translation>Gerade nicht da: {folders}</translation>
    </message>
    <message>
        <source>Not wanted: {what}. Click to see it</source>
        <translation>Unerwünscht: {what}. Klicken, um es zu sehen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Nothing was rejected for this query.</source>
        <translation>Für diese Anfrage wurde nichts verworfen.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Of near-duplicates: this one is to be kept; nothing is deleted</source>
        <translation>Von fast gleichen: Dieses soll bleiben; nichts wird gelöscht</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>Im Akkubetrieb</translation>
    </message>
    <message>
        <source>On the photo</source>
        <translation>Auf dem Foto</translation>
    </message>
    <message>
        <source>One image pixel on one screen pixel</source>
        <translation>Ein Bildpixel auf einem Bildschirmpixel</translation>
    </message>
    <message>
        <source>One of photos that are nearly the same</source>
        <translation>Von fast gleichen nur eines</translation>
    </message>
    <message>
        <source>Only the first {number} were opened; more would fill the screen with windows.</source>
        <translation>Nur die ersten {number} wurden geöffnet; mehr würden den Bildschirm mit Fenstern füllen.</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Opacity of {layer}</source>
        <translation>Deckkraft: {layer}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a collection that was indexed before</source>
        <translation>Eine schon erfasste Sammlung öffnen</translation>
    </message>
    <message>
        <source>Open a folder and draw a box first; both pipelines then rank it.</source>
        <translation>Zuerst einen Ordner öffnen und einen Rahmen ziehen; beide Pipelines ordnen dann danach.</translation>
    </message>
    <message>
        <source>Open a folder first; what is left out belongs to its library.</source>
        <translation>Zuerst einen Ordner öffnen; was ausgelassen wird, gehört zu seiner Bibliothek.</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Einen Ordner mit Fotos öffnen</translation>
    </message>
    <message>
        <source>Open a folder of photos. They are indexed where they are, and never changed; you can search from the first moment.</source>
        <translation>Einen Ordner mit Fotos öffnen. Sie werden an ihrem Ort erfasst und nie verändert; gesucht werden kann vom ersten Augenblick an.</translation>
    </message>
    <message>
        <source>Open a folder or a library first.</source>
        <translation>Zuerst einen Ordner oder eine Bibliothek öffnen.</translation>
    </message>
    <message>
        <source>Open a library</source>
        <translation>Eine Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>Ein Foto öffnen</translation>
    </message>
    <message>
        <source>Open a photo and draw a box around a thing. The results follow your hand, and are verified when you let go.</source>
        <translation>Ein Foto öffnen und einen Rahmen um etwas ziehen. Die Ergebnisse folgen der Hand und werden beim Loslassen bestätigt.</translation>
    </message>
    <message>
        <source>Open a photo and draw a box around what you look for.</source>
        <translation>Ein Foto öffnen und einen Rahmen um das Gesuchte ziehen.</translation>
    </message>
    <message>
        <source>Open a photo first; its figure is then exported.</source>
        <translation>Zuerst ein Foto öffnen; seine Abbildung wird dann exportiert.</translation>
    </message>
    <message>
        <source>Open a photo first; its masks are then shown side by side.</source>
        <translation>Zuerst ein Foto öffnen; seine Masken werden dann nebeneinander gezeigt.</translation>
    </message>
    <message>
        <source>Open a photo first; its sheet is then exported.</source>
        <translation>Zuerst ein Foto öffnen; sein Bogen wird dann exportiert.</translation>
    </message>
    <message>
        <source>Open a photo of an indexed folder first; its query can then be saved.</source>
        <translation>Zuerst ein Foto eines erfassten Ordners öffnen; seine Anfrage lässt sich dann sichern.</translation>
    </message>
    <message>
        <source>Open a photo to see which of its cells each mask keeps.</source>
        <translation>Ein Foto öffnen, um zu sehen, welche Zellen jede Maske behält.</translation>
    </message>
    <message>
        <source>Open a photo: its keypoints, masks and histograms are shown here together.</source>
        <translation>Ein Foto öffnen: Schlüsselpunkte, Masken und Histogramme stehen dann hier beisammen.</translation>
    </message>
    <message>
        <source>Open a shared library</source>
        <translation>Geteilte Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Open before</source>
        <translation>Schon geöffnet</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open its photos</source>
        <translation>Ihre Fotos öffnen</translation>
    </message>
    <message>
        <source>Open library…</source>
        <translation>Bibliothek öffnen …</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Protokoll öffnen</translation>
    </message>
    <message>
        <source>Open shared library…</source>
        <translation>Geteilte Bibliothek öffnen…</translation>
    </message>
    <message>
        <source>Open the folder in the file manager</source>
        <translation>Den Ordner im Dateimanager öffnen</translation>
    </message>
    <message>
        <source>Open the folder that this pipeline should index.</source>
        <translation>Den Ordner öffnen, den diese Pipeline erfassen soll.</translation>
    </message>
    <message>
        <source>Open the pictures that come with the program</source>
        <translation>Die Bilder öffnen, die dem Programm beiliegen</translation>
    </message>
    <message>
        <source>Open what was open last</source>
        <translation>Das zuletzt Geöffnete öffnen</translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation>Mit anderem Programm öffnen</translation>
    </message>
    <message>
        <source>Or drop photos, folders or a library here.</source>
        <translation>Oder Fotos, Ordner oder eine Bibliothek hier ablegen.</translation>
    </message>
    <message>
        <source>Order of the gallery</source>
        <translation>Reihenfolge der Galerie</translation>
    </message>
    <message>
        <source>Other photos</source>
        <translation>Andere Fotos</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Over the photo</source>
        <translation>Über dem Foto</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Paint cells</source>
        <translation>Zellen malen</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Part of the name</source>
        <translation>Teil des Namens</translation>
    </message>
    <message>
        <source>Parts of each photo with a code of their own: more of them find smaller things, and take more room and time</source>
        <translation>Teile jedes Fotos mit eigenem Code: Mehr davon finden kleinere Dinge und brauchen mehr Platz und Zeit</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Patterns of files and folders that are not indexed</source>
        <translation>Muster für Dateien und Ordner, die nicht erfasst werden</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos indexed</source>
        <translation>Erfasste Fotos</translation>
    </message>
    <message>
        <source>Photos of the collection</source>
        <translation>Fotos der Sammlung</translation>
    </message>
    <message>
        <source>Photos stay on this machine and are never changed.</source>
        <translation>Fotos bleiben auf diesem Rechner und werden nie verändert.</translation>
    </message>
    <message>
        <source>Photos that are alike lie beside each other here, once the folder is indexed.</source>
        <translation>Ähnliche Fotos liegen hier beieinander, sobald der Ordner erfasst ist.</translation>
    </message>
    <message>
        <source>Photos that are nearly the same lie together. Mark those to keep with Shift+K (✓); nothing is deleted.</source>
        <translation>Fast gleiche Fotos liegen beieinander. Mit Umschalt+K markieren, was bleiben soll (✓); nichts wird gelöscht.</translation>
    </message>
    <message>
        <source>Photos to fit on</source>
        <translation>Fotos zum Anlernen</translation>
    </message>
    <message>
        <source>Photos, pictures, folders and libraries</source>
        <translation>Fotos, Bilder, Ordner und Bibliotheken</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin a cell</source>
        <translation>Zelle anheften</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>Pipeline</translation>
    </message>
    <message>
        <source>Pipelines, their comparison, and statistics of the collection</source>
        <translation>Pipelines, ihr Vergleich und Statistik der Sammlung</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Power law α</source>
        <translation>Potenz α</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Press the button of the message</source>
        <translation>Den Knopf der Meldung drücken</translation>
    </message>
    <message>
        <source>Press the mouse on the photo and draw around anything: a tower, a sign, a face. The results follow.</source>
        <translation>Auf dem Foto die Maus drücken und etwas umrahmen: einen Turm, ein Schild, ein Gesicht. Die Ergebnisse folgen.</translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Previous hit ([)</source>
        <translation>Voriger Treffer ([)</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Processor, bfloat16</source>
        <translation>Prozessor, bfloat16</translation>
    </message>
    <message>
        <source>Processor, exact</source>
        <translation>Prozessor, genau</translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation>Diese Meldung weglegen</translation>
    </message>
    <message>
        <source>Python {version} on {system}, with</source>
        <translation>Python {version} auf {system}, mit</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Queries asked and saved</source>
        <translation>Gestellte und gesicherte Anfragen</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>Query and hit</source>
        <translation>Anfrage und Treffer</translation>
    </message>
    <message>
        <source>Query and hit side by side, and what speaks for the hit; or back</source>
        <translation>Anfrage und Treffer nebeneinander, und was für den Treffer spricht; oder zurück</translation>
    </message>
    <message>
        <source>Query ▸ {where}</source>
        <translation>Anfrage ▸ {where}</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Rank changes</source>
        <translation>Rangwechsel</translation>
    </message>
    <message>
        <source>Rank only photos like: {examples}</source>
        <translation>Nur Fotos ordnen wie: {examples}</translation>
    </message>
    <message>
        <source>Rank the current query with this preset too, side by side</source>
        <translation>Die Anfrage auch mit dieser Voreinstellung ordnen, nebeneinander</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangfolge</translation>
    </message>
    <message>
        <source>Read judgements…</source>
        <translation>Urteile einlesen …</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Remembered: {what} will not be shown for this any more.</source>
        <translation>Gemerkt: {what} wird dafür nicht mehr gezeigt.</translation>
    </message>
    <message>
        <source>Removed: {mark}.</source>
        <translation>Entfernt: {mark}.</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Right button and draw</source>
        <translation>Rechte Taste und ziehen</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>SIFT contrast</source>
        <translation>SIFT-Kontrast</translation>
    </message>
    <message>
        <source>SIFT kept</source>
        <translation>SIFT bleibt</translation>
    </message>
    <message>
        <source>SIFT keypoints</source>
        <translation>SIFT-Schlüsselpunkte</translation>
    </message>
    <message>
        <source>SIFT mask</source>
        <translation>SIFT-Maske</translation>
    </message>
    <message>
        <source>SIFT radius</source>
        <translation>SIFT-Radius</translation>
    </message>
    <message>
        <source>SUM kept</source>
        <translation>SUM bleibt</translation>
    </message>
    <message>
        <source>SUM mask</source>
        <translation>SUM-Maske</translation>
    </message>
    <message>
        <source>SUM percentile</source>
        <translation>SUM-Perzentil</translation>
    </message>
    <message>
        <source>Sample collection</source>
        <translation>Beispielsammlung</translation>
    </message>
    <message>
        <source>Save query</source>
        <translation>Anfrage sichern</translation>
    </message>
    <message>
        <source>Save query…</source>
        <translation>Anfrage sichern …</translation>
    </message>
    <message>
        <source>Saved as “{name}”. It stands among the queries, with a star.</source>
        <translation>Als „{name}“ gesichert. Sie steht mit einem Stern bei den Anfragen.</translation>
    </message>
    <message>
        <source>Say where it is now…</source>
        <translation>Sagen, wo er jetzt ist …</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for what is in the box, while it is drawn</source>
        <translation>Suchen, was im Rahmen ist, während er gezogen wird</translation>
    </message>
    <message>
        <source>Search with a photo of the gallery</source>
        <translation>Mit einem Foto der Galerie suchen</translation>
    </message>
    <message>
        <source>Search with a photo…</source>
        <translation>Mit einem Foto suchen …</translation>
    </message>
    <message>
        <source>Search with a picture out of another program</source>
        <translation>Mit einem Bild aus einem anderen Programm suchen</translation>
    </message>
    <message>
        <source>Search with it</source>
        <translation>Damit suchen</translation>
    </message>
    <message>
        <source>Search with the mask&apos;s own cells again</source>
        <translation>Wieder mit den Zellen der Maske suchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Searching… (the hits are those of before)</source>
        <translation>Suche läuft … (noch die Treffer von vorher)</translation>
    </message>
    <message>
        <source>See why it was found</source>
        <translation>Sehen, warum es gefunden wurde</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Shift and draw</source>
        <translation>Umschalt und ziehen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show list</source>
        <translation>Liste zeigen</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Vormachen</translation>
    </message>
    <message>
        <source>Show only photos like: {examples}</source>
        <translation>Nur Fotos zeigen wie: {examples}</translation>
    </message>
    <message>
        <source>Show or hide the cells that the MAX mask keeps</source>
        <translation>Die Zellen, die die MAX-Maske behält, zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the cells that the SIFT mask keeps</source>
        <translation>Die Zellen, die die SIFT-Maske behält, zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the cells that the SUM mask keeps</source>
        <translation>Die Zellen, die die SUM-Maske behält, zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the grid</source>
        <translation>Das Gitter zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide the keypoints</source>
        <translation>Die Schlüsselpunkte zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show or hide: {layer} ({key})</source>
        <translation>Zeigen oder verbergen: {layer} ({key})</translation>
    </message>
    <message>
        <source>Show rejected hits again</source>
        <translation>Verworfene Treffer wieder zeigen</translation>
    </message>
    <message>
        <source>Show the photos of a folder and index them</source>
        <translation>Die Fotos eines Ordners zeigen und erfassen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the gallery&apos;s pictures</source>
        <translation>Größe der Bilder in der Galerie</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Skipped photos</source>
        <translation>Übergangene Fotos</translation>
    </message>
    <message>
        <source>Skipped photos and why</source>
        <translation>Übergangene Fotos mit Gründen</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Some photos of this collection, taken by chance</source>
        <translation>Einige Fotos dieser Sammlung, zufällig gewählt</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}).</source>
        <translation>Etwas Unerwartetes ist schiefgegangen ({kind}: {error}).</translation>
    </message>
    <message>
        <source>Space and drag, middle button</source>
        <translation>Leertaste und ziehen, mittlere Taste</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Star the chosen photos, or take the star away</source>
        <translation>Den gewählten Fotos den Stern geben oder nehmen</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>Still finishing a step of work; the window closes when it is done.</source>
        <translation>Ein Arbeitsschritt läuft noch; das Fenster schließt sich danach.</translation>
    </message>
    <message>
        <source>Still to be indexed; results appear as soon as there is a library.</source>
        <translation>Noch zu erfassen; Ergebnisse erscheinen, sobald es eine Bibliothek gibt.</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>Stop the indexing; what is done is kept</source>
        <translation>Das Erfassen beenden; was getan ist, bleibt</translation>
    </message>
    <message>
        <source>Stop; nothing is saved</source>
        <translation>Beenden; nichts wird gesichert</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>System theme</source>
        <translation>System-Design</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>Tag. If all chosen photos have it, it is removed:</source>
        <translation>Schlagwort. Haben es alle gewählten Fotos, wird es entfernt:</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation>Schlagwort …</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take it away (Delete)</source>
        <translation>Entfernen (Entf)</translation>
    </message>
    <message>
        <source>Take photos whose files are gone off the library</source>
        <translation>Fotos, deren Dateien weg sind, aus der Bibliothek nehmen</translation>
    </message>
    <message>
        <source>Take the 60-second tour</source>
        <translation>Rundgang in 60 Sekunden</translation>
    </message>
    <message>
        <source>Take the box away and search for the whole photo (Esc)</source>
        <translation>Den Rahmen entfernen und nach dem ganzen Foto suchen (Esc)</translation>
    </message>
    <message>
        <source>Take the last change of the query, star or tag back</source>
        <translation>Die letzte Änderung an Anfrage, Stern oder Schlagwort zurücknehmen</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Test the box</source>
        <translation>Rahmen prüfen</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>The activations of one channel</source>
        <translation>Die Aktivierungen eines Kanals</translation>
    </message>
    <message>
        <source>The figure is in {file}.</source>
        <translation>Die Abbildung ist in {file}.</translation>
    </message>
    <message>
        <source>The files, for a file manager, a mail or a chat</source>
        <translation>Die Dateien, für Dateimanager, Mail oder Chat</translation>
    </message>
    <message>
        <source>The filter and the order wait until the list of all photos is read; the status bar says how far it is.</source>
        <translation>Filter und Reihenfolge warten, bis die Liste aller Fotos gelesen ist; die Statusleiste sagt, wie weit sie ist.</translation>
    </message>
    <message>
        <source>The folder {folder} is not on this computer. Its photos are shown small.</source>
        <translation>Der Ordner {folder} ist nicht auf diesem Computer. Seine Fotos werden klein gezeigt.</translation>
    </message>
    <message>
        <source>The folder {folder} is not there. Its photos stay in the library.</source>
        <translation>Der Ordner {folder} ist nicht da. Seine Fotos bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>The gallery as a map: alike photos lie together</source>
        <translation>Die Galerie als Karte: Ähnliche Fotos liegen beieinander</translation>
    </message>
    <message>
        <source>The hit does not show it: search for what is unlike it</source>
        <translation>Der Treffer zeigt es nicht: nach Unähnlichem suchen</translation>
    </message>
    <message>
        <source>The hit shows it: search with it too</source>
        <translation>Der Treffer zeigt es: auch damit suchen</translation>
    </message>
    <message numerus="yes">
        <source>The judgements of %n queries are in {folder}.</source>
        <translation>
            <numerusform>Die Urteile zu %n Anfrage liegen in {folder}.</numerusform>
            <numerusform>Die Urteile zu %n Anfragen liegen in {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The key 3 shows the cells that the search uses; K shows keypoints. Inspect (I) has all of it.</source>
        <translation>Die Taste 3 zeigt die Zellen, mit denen gesucht wird; K zeigt Schlüsselpunkte. „Prüfen“ (I) hat alles davon.</translation>
    </message>
    <message>
        <source>The key C puts query and hit side by side, with the parts of both that made the score. C again: the photo.</source>
        <translation>Die Taste C stellt Anfrage und Treffer nebeneinander, mit den Teilen, aus denen die Wertung kam. Noch einmal C: das Foto.</translation>
    </message>
    <message>
        <source>The list of photos is still being read; the status bar says how far it is.</source>
        <translation>Die Liste der Fotos wird noch gelesen; die Statusleiste sagt, wie weit sie ist.</translation>
    </message>
    <message numerus="yes">
        <source>The marks of %n photos are in {file}.</source>
        <translation>
            <numerusform>Die Markierungen von %n Foto sind in {file}.</numerusform>
            <numerusform>Die Markierungen von %n Fotos sind in {file}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The mouse draws and moves the box</source>
        <translation>Die Maus zieht und verschiebt den Rahmen</translation>
    </message>
    <message>
        <source>The mouse paints the cells to search with; begin on a kept cell to take cells out (E)</source>
        <translation>Die Maus malt die Zellen, mit denen gesucht wird; auf einer behaltenen begonnen, nimmt sie Zellen weg (E)</translation>
    </message>
    <message>
        <source>The next box is wanted too (or draw it with Shift)</source>
        <translation>Der nächste Rahmen ist auch gesucht (oder mit Umschalt ziehen)</translation>
    </message>
    <message>
        <source>The next box shows what is not wanted (or draw it with the right button)</source>
        <translation>Der nächste Rahmen zeigt Unerwünschtes (oder mit der rechten Taste ziehen)</translation>
    </message>
    <message>
        <source>The originals stay as they are</source>
        <translation>Die Originale bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>The paper&apos;s values</source>
        <translation>Werte des Aufsatzes</translation>
    </message>
    <message>
        <source>The password is kept until the program ends, and never written anywhere.</source>
        <translation>Das Passwort gilt, bis das Programm endet, und wird nirgends gespeichert.</translation>
    </message>
    <message>
        <source>The photo after this one in the gallery</source>
        <translation>Das Foto nach diesem in der Galerie</translation>
    </message>
    <message>
        <source>The photo before this one in the gallery</source>
        <translation>Das Foto vor diesem in der Galerie</translation>
    </message>
    <message>
        <source>The photo that is searched for</source>
        <translation>Das Foto, nach dem gesucht wird</translation>
    </message>
    <message>
        <source>The photo with its box, and what it finds</source>
        <translation>Das Foto mit seinem Rahmen, und was er findet</translation>
    </message>
    <message>
        <source>The photos are described with the present fit already.</source>
        <translation>Die Fotos sind schon mit der jetzigen Anlernung beschrieben.</translation>
    </message>
    <message>
        <source>The photos of this shared library are shown small. Its files are opened when you agree to it.</source>
        <translation>Die Fotos dieser geteilten Bibliothek werden klein gezeigt. Ihre Dateien werden erst mit Ihrer Zustimmung geöffnet.</translation>
    </message>
    <message>
        <source>The pipeline &apos;{name}&apos; is fitted and saved as a preset.</source>
        <translation>Die Pipeline „{name}“ ist angelernt und als Voreinstellung gesichert.</translation>
    </message>
    <message>
        <source>The query after</source>
        <translation>Die Anfrage danach</translation>
    </message>
    <message>
        <source>The query and the chosen result, mask by mask</source>
        <translation>Die Anfrage und das gewählte Ergebnis, Maske für Maske</translation>
    </message>
    <message>
        <source>The query before</source>
        <translation>Die Anfrage davor</translation>
    </message>
    <message>
        <source>The report is copied: versions, and the end of the log.</source>
        <translation>Der Bericht ist kopiert: Versionen und das Ende des Protokolls.</translation>
    </message>
    <message>
        <source>The same the other way round</source>
        <translation>Dasselbe andersherum</translation>
    </message>
    <message>
        <source>The server at {address} asks for a password.</source>
        <translation>Der Server {address} verlangt ein Passwort.</translation>
    </message>
    <message>
        <source>The sheets of the chosen photos</source>
        <translation>Die Bögen der gewählten Fotos</translation>
    </message>
    <message>
        <source>The small copy of the shared library is shown.</source>
        <translation>Gezeigt wird die kleine Kopie aus der geteilten Bibliothek.</translation>
    </message>
    <message>
        <source>The sum over all channels of each cell</source>
        <translation>Die Summe über alle Kanäle jeder Zelle</translation>
    </message>
    <message>
        <source>The whole gallery: folders, dates, tags, and the map</source>
        <translation>Die ganze Galerie: Ordner, Daten, Schlagwörter und die Karte</translation>
    </message>
    <message>
        <source>The whole photo in the view</source>
        <translation>Das ganze Foto in der Ansicht</translation>
    </message>
    <message>
        <source>The window over the whole screen, or back</source>
        <translation>Das Fenster über den ganzen Bildschirm, oder zurück</translation>
    </message>
    <message>
        <source>Their places as text, one a line</source>
        <translation>Ihre Orte als Text, einer je Zeile</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Theme, keys, and threads for indexing</source>
        <translation>Design, Tasten und Threads zum Erfassen</translation>
    </message>
    <message>
        <source>There is no other photo here.</source>
        <translation>Hier ist kein anderes Foto.</translation>
    </message>
    <message>
        <source>There is no other photo in this library.</source>
        <translation>In dieser Bibliothek ist kein anderes Foto.</translation>
    </message>
    <message>
        <source>There is no result to compare with yet.</source>
        <translation>Es gibt noch kein Ergebnis zum Vergleichen.</translation>
    </message>
    <message>
        <source>They are indexed where they are, and never changed.</source>
        <translation>Sie werden an ihrem Ort erfasst und nie verändert.</translation>
    </message>
    <message>
        <source>This collection was described with an earlier fit of its pipeline. It works as before; described anew it is searched with the present one.</source>
        <translation>Diese Sammlung wurde mit einer früheren Anlernung ihrer Pipeline beschrieben. Alles geht wie bisher; neu beschrieben wird sie mit der jetzigen durchsucht.</translation>
    </message>
    <message>
        <source>This library was not made on this computer: it is only read, and its folders are left alone.</source>
        <translation>Diese Bibliothek wurde nicht auf diesem Rechner gemacht: Sie wird nur gelesen, und ihre Ordner bleiben unberührt.</translation>
    </message>
    <message>
        <source>This photo is what is searched for</source>
        <translation>Nach diesem Foto wird gesucht</translation>
    </message>
    <message>
        <source>Those of all queries, in the form of Oxford&apos;s</source>
        <translation>Die zu allen Anfragen, in der Form von Oxford</translation>
    </message>
    <message>
        <source>Threads for indexing</source>
        <translation>Threads zum Erfassen</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>Too small or hidden to count, neither right nor wrong</source>
        <translation>Zu klein oder verdeckt, um zu zählen: weder richtig noch falsch</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Tour in a minute</source>
        <translation>Rundgang in einer Minute</translation>
    </message>
    <message>
        <source>Tour: {step}</source>
        <translation>Rundgang: {step}</translation>
    </message>
    <message>
        <source>Truncate t</source>
        <translation>Kürzen t</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try the most important things, step by step</source>
        <translation>Das Wichtigste Schritt für Schritt probieren</translation>
    </message>
    <message>
        <source>Try the sample collection</source>
        <translation>Beispielsammlung probieren</translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation>Nach links drehen</translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation>Nach rechts drehen</translation>
    </message>
    <message>
        <source>Type where the box lies</source>
        <translation>Eintippen, wo der Rahmen liegt</translation>
    </message>
    <message>
        <source>Type which photos are searched</source>
        <translation>Eintippen, welche Fotos durchsucht werden</translation>
    </message>
    <message>
        <source>Type which photos the gallery shows</source>
        <translation>Eintippen, welche Fotos die Galerie zeigt</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo painting</source>
        <translation>Malen zurücknehmen</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Use .png, .svg or .pdf.</source>
        <translation>.png, .svg oder .pdf verwenden.</translation>
    </message>
    <message>
        <source>Use a larger box</source>
        <translation>Größerer Rahmen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Vector and code</source>
        <translation>Vektor und Code</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Verify more hits</source>
        <translation>Mehr Treffer bestätigen</translation>
    </message>
    <message>
        <source>Verifying the first hits by geometry…</source>
        <translation>Die ersten Treffer werden geometrisch bestätigt …</translation>
    </message>
    <message>
        <source>Version, licence, and what runs it</source>
        <translation>Version, Lizenz und womit es läuft</translation>
    </message>
    <message>
        <source>Versions and the end of the log, to be pasted into an issue</source>
        <translation>Versionen und das Ende des Protokolls, zum Einfügen in eine Fehlermeldung</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>View ▾</source>
        <translation>Ansicht ▾</translation>
    </message>
    <message>
        <source>Views of one thing</source>
        <translation>Ansichten eines Dings</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Wait with indexing</source>
        <translation>Mit dem Erfassen warten</translation>
    </message>
    <message>
        <source>Wanted: {what}. Click to see it</source>
        <translation>Gesucht: {what}. Klicken, um es zu sehen</translation>
    </message>
    <message>
        <source>Wanted: {what}. Click to see it, and draw a box on it</source>
        <translation>Gesucht: {what}. Klicken, um es zu sehen und darauf einen Rahmen zu ziehen</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights of the network</source>
        <translation>Gewichte des Netzes</translation>
    </message>
    <message>
        <source>What can be done with the chosen hits</source>
        <translation>Was mit den gewählten Treffern getan werden kann</translation>
    </message>
    <message>
        <source>What is shown here as PNG, SVG or PDF</source>
        <translation>Was hier zu sehen ist, als PNG, SVG oder PDF</translation>
    </message>
    <message>
        <source>What ran and what failed; it names no photo</source>
        <translation>Was lief und was misslang; kein Foto wird genannt</translation>
    </message>
    <message>
        <source>What the desktop opens photos with</source>
        <translation>Womit der Schreibtisch Fotos öffnet</translation>
    </message>
    <message>
        <source>What the masks keep of the photo, with figures</source>
        <translation>Was die Masken vom Foto behalten, mit Zahlen</translation>
    </message>
    <message>
        <source>What the photo&apos;s file says of itself</source>
        <translation>Was die Datei des Fotos über sich sagt</translation>
    </message>
    <message>
        <source>What the pipeline learns (PCA, codebook, whitening, rotation, hashing) should come from photos that are not searched, some hundred or more of all kinds, as the paper does. Where there are no others, some of the collection serve.</source>
        <translation>Was die Pipeline lernt (PCA, Codebuch, Whitening, Rotation, Hashing), sollte von Fotos kommen, die nicht durchsucht werden, von einigen hundert oder mehr aller Art, wie im Aufsatz. Wo es keine anderen gibt, genügen einige der Sammlung.</translation>
    </message>
    <message>
        <source>What the program does, and every key</source>
        <translation>Was das Programm tut, und jede Taste</translation>
    </message>
    <message>
        <source>What this pipeline costs</source>
        <translation>Was diese Pipeline kostet</translation>
    </message>
    <message>
        <source>What you do not look for</source>
        <translation>Was nicht gesucht ist</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Where are the photos of {folder}?</source>
        <translation>Wo sind die Fotos von {folder}?</translation>
    </message>
    <message>
        <source>Whether the wanted boxes show one thing, or different ones</source>
        <translation>Ob die gesuchten Rahmen ein Ding zeigen oder verschiedene</translation>
    </message>
    <message>
        <source>Which hits stay when the box moves a little?</source>
        <translation>Welche Treffer bleiben, wenn der Rahmen sich etwas bewegt?</translation>
    </message>
    <message>
        <source>While the machine is not plugged in</source>
        <translation>Solange der Rechner nicht am Netz hängt</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Windows</source>
        <comment>parts of a photo</comment>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Without a mask {share:.1f} %.</source>
        <translation>Ohne Maske {share:.1f} %.</translation>
    </message>
    <message>
        <source>Words k</source>
        <translation>Wörter k</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Zoom at the mouse</source>
        <translation>An der Maus zoomen</translation>
    </message>
    <message>
        <source>a box on {photo}</source>
        <translation>ein Rahmen auf {photo}</translation>
    </message>
    <message>
        <source>a folder of other photos</source>
        <translation>ein Ordner mit anderen Fotos</translation>
    </message>
    <message>
        <source>a global descriptor instead of mask, embedding and aggregation</source>
        <translation>ein globaler Deskriptor anstelle von Maske, Einbettung und Aggregation</translation>
    </message>
    <message>
        <source>a max pool after the layer, as the paper&apos;s pool5</source>
        <translation>ein Max-Pool nach der Schicht, wie pool5 des Aufsatzes</translation>
    </message>
    <message>
        <source>all {cells:.0f} cells each.</source>
        <translation>alle, je {cells:.0f} Zellen.</translation>
    </message>
    <message>
        <source>another network…</source>
        <translation>ein anderes Netz …</translation>
    </message>
    <message>
        <source>arranging photos</source>
        <translation>Fotos werden angeordnet</translation>
    </message>
    <message>
        <source>as indexed</source>
        <translation>wie erfasst</translation>
    </message>
    <message>
        <source>as without the mask ({share})</source>
        <translation>wie ohne Maske ({share})</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>bfloat16 takes about half the time on newer processors; holds from the next window</source>
        <translation>bfloat16 braucht auf neueren Prozessoren etwa die halbe Zeit; gilt ab dem nächsten Fenster</translation>
    </message>
    <message>
        <source>cells around each keypoint</source>
        <translation>Zellen um jeden Schlüsselpunkt</translation>
    </message>
    <message>
        <source>channels won by the cell</source>
        <translation>von der Zelle gewonnene Kanäle</translation>
    </message>
    <message>
        <source>codes compared by Milvus</source>
        <translation>Milvus vergleicht die Codes</translation>
    </message>
    <message>
        <source>codes compared by the server</source>
        <translation>der Server vergleicht die Codes</translation>
    </message>
    <message>
        <source>codes compared here</source>
        <translation>die Codes werden hier verglichen</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>comparing masks</source>
        <translation>Masken werden verglichen</translation>
    </message>
    <message>
        <source>copying</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>cosine {cosine:.3f}, summed over {cells} cells</source>
        <translation>Kosinus {cosine:.3f}, summiert über {cells} Zellen</translation>
    </message>
    <message>
        <source>describing</source>
        <translation>Beschreiben</translation>
    </message>
    <message>
        <source>describing distractors</source>
        <translation>Ablenkende Fotos beschreiben</translation>
    </message>
    <message>
        <source>down from {share}</source>
        <translation>weniger als {share}</translation>
    </message>
    <message>
        <source>downloaded once</source>
        <translation>einmal heruntergeladen</translation>
    </message>
    <message>
        <source>downloading the network&apos;s weights</source>
        <translation>Gewichte des Netzes werden geladen</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>eight bits</source>
        <translation>acht Bits</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>extracting features</source>
        <translation>Merkmale berechnen</translation>
    </message>
    <message>
        <source>filtering</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>found by {stays} of {boxes} boxes near this one</source>
        <translation>von {stays} von {boxes} Rahmen in der Nähe gefunden</translation>
    </message>
    <message>
        <source>found in {time:.2f} s</source>
        <translation>in {time:.2f} s gefunden</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation>Grafikkarte</translation>
    </message>
    <message>
        <source>hit</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>hit {rank} of {all}</source>
        <translation>Treffer {rank} von {all}</translation>
    </message>
    <message>
        <source>in MAX, not in SIFT</source>
        <translation>in MAX, nicht in SIFT</translation>
    </message>
    <message>
        <source>in MAX, not in SUM</source>
        <translation>in MAX, nicht in SUM</translation>
    </message>
    <message>
        <source>in SIFT, not in MAX</source>
        <translation>in SIFT, nicht in MAX</translation>
    </message>
    <message>
        <source>in SUM, not in MAX</source>
        <translation>in SUM, nicht in MAX</translation>
    </message>
    <message>
        <source>in all three</source>
        <translation>in allen dreien</translation>
    </message>
    <message>
        <source>in none</source>
        <translation>in keiner</translation>
    </message>
    <message>
        <source>indexing</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>indexing closely</source>
        <translation>Genau erfassen</translation>
    </message>
    <message>
        <source>indexing quickly</source>
        <translation>Schnell erfassen</translation>
    </message>
    <message>
        <source>inspecting</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>it is not known where the query lies on this result, so it cannot be laid over it</source>
        <translation>es ist nicht bekannt, wo die Anfrage auf diesem Ergebnis liegt; sie kann nicht darübergelegt werden</translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation>es ist nicht mehr da</translation>
    </message>
    <message>
        <source>it sees {pixels:.0f} pixels of the photo</source>
        <translation>sie sieht {pixels:.0f} Pixel des Fotos</translation>
    </message>
    <message>
        <source>joined layers make a hyper-column</source>
        <translation>verbundene Schichten ergeben eine Hypersäule</translation>
    </message>
    <message>
        <source>judging</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>junk</source>
        <translation>unbrauchbar</translation>
    </message>
    <message>
        <source>laid over by its cells, roughly</source>
        <translation>nach den Zellen darübergelegt, ungefähr</translation>
    </message>
    <message>
        <source>laid over by its keypoints</source>
        <translation>nach den Schlüsselpunkten darübergelegt</translation>
    </message>
    <message>
        <source>leading components dropped after the rotation</source>
        <translation>führende Komponenten, die nach der Rotation entfallen</translation>
    </message>
    <message>
        <source>learning anchors</source>
        <translation>Anker werden gelernt</translation>
    </message>
    <message>
        <source>learning the codebook</source>
        <translation>Codebuch wird gelernt</translation>
    </message>
    <message>
        <source>learning the embedding</source>
        <translation>Einbettung wird gelernt</translation>
    </message>
    <message>
        <source>likeness to the pinned cell</source>
        <translation>Ähnlichkeit mit der angehefteten Zelle</translation>
    </message>
    <message numerus="yes">
        <source>list of photos: {done:,} of %n read</source>
        <translation>
            <numerusform>Liste der Fotos: {done:,} von %n gelesen</numerusform>
            <numerusform>Liste der Fotos: {done:,} von %n gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>log</source>
        <comment>logarithm</comment>
        <translation>log</translation>
    </message>
    <message>
        <source>longest side of a photo in pixels</source>
        <translation>längere Seite eines Fotos in Pixeln</translation>
    </message>
    <message>
        <source>mostly in the left half</source>
        <translation>meist in der linken Hälfte</translation>
    </message>
    <message>
        <source>mostly in the lower half</source>
        <translation>meist in der unteren Hälfte</translation>
    </message>
    <message>
        <source>mostly in the middle</source>
        <translation>meist in der Mitte</translation>
    </message>
    <message>
        <source>mostly in the right half</source>
        <translation>meist in der rechten Hälfte</translation>
    </message>
    <message>
        <source>mostly in the upper half</source>
        <translation>meist in der oberen Hälfte</translation>
    </message>
    <message>
        <source>mostly lower left</source>
        <translation>meist unten links</translation>
    </message>
    <message>
        <source>mostly lower right</source>
        <translation>meist unten rechts</translation>
    </message>
    <message>
        <source>mostly upper left</source>
        <translation>meist oben links</translation>
    </message>
    <message>
        <source>mostly upper right</source>
        <translation>meist oben rechts</translation>
    </message>
    <message>
        <source>my pipeline</source>
        <translation>meine Pipeline</translation>
    </message>
    <message>
        <source>nearest to example {number} of {all}</source>
        <translation>am nächsten an Beispiel {number} von {all}</translation>
    </message>
    <message>
        <source>no SIFT keypoints</source>
        <translation>keine SIFT-Schlüsselpunkte</translation>
    </message>
    <message>
        <source>no channel chose it</source>
        <translation>kein Kanal hat sie gewählt</translation>
    </message>
    <message>
        <source>no dead channels</source>
        <translation>keine toten Kanäle</translation>
    </message>
    <message>
        <source>no folder is open</source>
        <translation>kein Ordner ist offen</translation>
    </message>
    <message>
        <source>no keypoints agree</source>
        <translation>keine Schlüsselpunkte stimmen überein</translation>
    </message>
    <message>
        <source>no library is open</source>
        <translation>keine Bibliothek ist offen</translation>
    </message>
    <message>
        <source>no library open</source>
        <translation>keine Bibliothek offen</translation>
    </message>
    <message>
        <source>no windows</source>
        <translation>keine Fenster</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>not there now: is its disk connected?</source>
        <translation>gerade nicht da: Ist der Datenträger angeschlossen?</translation>
    </message>
    <message>
        <source>of a baseline: of its whitened vector</source>
        <translation>eines Vergleichsverfahrens: seines geweißten Vektors</translation>
    </message>
    <message>
        <source>of hits like this one about {share:.0%} are right</source>
        <translation>von Treffern wie diesem sind etwa {share:.0%} richtig</translation>
    </message>
    <message>
        <source>on battery</source>
        <translation>im Akkubetrieb</translation>
    </message>
    <message>
        <source>one channel</source>
        <translation>ein Kanal</translation>
    </message>
    <message>
        <source>over 99 %</source>
        <translation>über 99 %</translation>
    </message>
    <message>
        <source>own</source>
        <comment>a network of one&apos;s own</comment>
        <translation>eigenes</translation>
    </message>
    <message>
        <source>pairs in the bin under the mouse</source>
        <translation>Paare im Balken unter der Maus</translation>
    </message>
    <message>
        <source>part of a name: resnet50, convnext, dinov2</source>
        <translation>Teil eines Namens: resnet50, convnext, dinov2</translation>
    </message>
    <message>
        <source>partly</source>
        <translation>teilweise</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>precision {right}/{looked} = {share:.0f} % ({low:.0f} to {high:.0f} %)</source>
        <translation>Genauigkeit {right}/{looked} = {share:.0f} % ({low:.0f} bis {high:.0f} %)</translation>
    </message>
    <message>
        <source>preparing to describe anew</source>
        <translation>das neue Beschreiben wird vorbereitet</translation>
    </message>
    <message>
        <source>preparing to fit</source>
        <translation>das Anlernen wird vorbereitet</translation>
    </message>
    <message>
        <source>preparing to index</source>
        <translation>das Erfassen wird vorbereitet</translation>
    </message>
    <message>
        <source>preparing to index with {preset}</source>
        <translation>das Erfassen mit {preset} wird vorbereitet</translation>
    </message>
    <message>
        <source>preparing verified hits</source>
        <translation>Bestätigte Treffer vorbereiten</translation>
    </message>
    <message>
        <source>preparing {preset}</source>
        <translation>{preset} wird vorbereitet</translation>
    </message>
    <message>
        <source>probably none is right</source>
        <translation>wahrscheinlich ist keines richtig</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>publishing</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>px</source>
        <comment>pixels</comment>
        <translation>px</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Anfrage</translation>
    </message>
    <message numerus="yes">
        <source>rank {rank}, score {score:.3f}, %n bits differ</source>
        <translation>
            <numerusform>Rang {rank}, Wert {score:.3f}, %n Bit verschieden</numerusform>
            <numerusform>Rang {rank}, Wert {score:.3f}, %n Bits verschieden</numerusform>
        </translation>
    </message>
    <message>
        <source>reading the layers of {name}</source>
        <translation>die Schichten von {name} werden gelesen</translation>
    </message>
    <message>
        <source>reading the list of networks</source>
        <translation>die Liste der Netze wird gelesen</translation>
    </message>
    <message>
        <source>reading the list of photos</source>
        <translation>Liste der Fotos lesen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>rejecting</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
        <source>scanning</source>
        <translation>Ordner werden durchsucht</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>Suchen</translation>
    </message>
    <message numerus="yes">
        <source>searching {done:,} of %n photos</source>
        <translation>
            <numerusform>{done:,} von %n Foto durchsucht</numerusform>
            <numerusform>{done:,} von %n Fotos durchsucht</numerusform>
        </translation>
    </message>
    <message>
        <source>shared library, {host}</source>
        <translation>geteilte Bibliothek, {host}</translation>
    </message>
    <message>
        <source>shifting the box</source>
        <translation>Rahmen wird verschoben</translation>
    </message>
    <message>
        <source>skipped: {reason}</source>
        <translation>übergangen: {reason}</translation>
    </message>
    <message>
        <source>spread over the box</source>
        <translation>über den Rahmen verteilt</translation>
    </message>
    <message>
        <source>spread over the photo</source>
        <translation>über das Foto verteilt</translation>
    </message>
    <message>
        <source>star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>tag “{name}”</source>
        <translation>Schlagwort „{name}“</translation>
    </message>
    <message>
        <source>tags: {tags}</source>
        <translation>Schlagwörter: {tags}</translation>
    </message>
    <message>
        <source>the box</source>
        <translation>dem Rahmen</translation>
    </message>
    <message>
        <source>the figure cannot be written</source>
        <translation>die Abbildung kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>the photos are not in this folder</source>
        <translation>die Fotos sind nicht in diesem Ordner</translation>
    </message>
    <message>
        <source>the picture could not be kept</source>
        <translation>das Bild konnte nicht behalten werden</translation>
    </message>
    <message>
        <source>the query is {query:.3f} from flipping, the hit {hit:.3f}</source>
        <translation>der Anfrage fehlen {query:.3f} zum Umschlagen, dem Treffer {hit:.3f}</translation>
    </message>
    <message>
        <source>the server of the shared library is gone</source>
        <translation>der Server der geteilten Bibliothek ist nicht erreichbar</translation>
    </message>
    <message>
        <source>the whole photo</source>
        <translation>dem ganzen Foto</translation>
    </message>
    <message>
        <source>there is no picture here</source>
        <translation>hier ist kein Bild</translation>
    </message>
    <message>
        <source>there is no picture here, only text</source>
        <translation>hier ist kein Bild, nur Text</translation>
    </message>
    <message>
        <source>this is neither a file nor a folder</source>
        <translation>dies ist weder Datei noch Ordner</translation>
    </message>
    <message>
        <source>this is only the address of a picture, and Cropseek never loads anything from the network</source>
        <translation>dies ist nur die Adresse eines Bildes, und Cropseek lädt nie etwas aus dem Netz</translation>
    </message>
    <message>
        <source>this photo is not on this computer, or not open to it</source>
        <translation>dieses Foto ist nicht auf diesem Computer oder hier nicht freigegeben</translation>
    </message>
    <message>
        <source>this picture cannot be read</source>
        <translation>dieses Bild kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>those that differ lie {times:.1f} times nearer to flipping (medians)</source>
        <translation>die verschiedenen liegen {times:.1f}-mal näher am Umschlagen (Mediane)</translation>
    </message>
    <message>
        <source>to be fitted on other photos first</source>
        <translation>zuerst an anderen Fotos anzulernen</translation>
    </message>
    <message>
        <source>too few cells</source>
        <translation>zu wenige Zellen</translation>
    </message>
    <message>
        <source>too few cells to compare pairs</source>
        <translation>zu wenige Zellen, um Paare zu vergleichen</translation>
    </message>
    <message>
        <source>under 1 %</source>
        <translation>unter 1 %</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>up from {share}</source>
        <translation>mehr als {share}</translation>
    </message>
    <message numerus="yes">
        <source>verified: %n keypoints agree in geometry</source>
        <translation>
            <numerusform>bestätigt: %n Schlüsselpunkt stimmt geometrisch überein</numerusform>
            <numerusform>bestätigt: %n Schlüsselpunkte stimmen geometrisch überein</numerusform>
        </translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>writing codes</source>
        <translation>Codes schreiben</translation>
    </message>
    <message>
        <source>you judged it: {kind}</source>
        <translation>Ihr Urteil: {kind}</translation>
    </message>
    <message>
        <source>{agree} of {bits} bits agree</source>
        <translation>{agree} von {bits} Bits sind gleich</translation>
    </message>
    <message>
        <source>{bits} bits = {bytes} bytes + {more:,} of windows a photo</source>
        <translation>{bits} Bits = {bytes} Bytes + {more:,} für Fenster je Foto</translation>
    </message>
    <message>
        <source>{bits} bits = {bytes} bytes a photo</source>
        <translation>{bits} Bits = {bytes} Bytes je Foto</translation>
    </message>
    <message>
        <source>{both} of the first {shown} in both; {up} rise, {down} fall, {stay} stay.</source>
        <translation>{both} der ersten {shown} in beiden; {up} steigen, {down} fallen, {stay} bleiben.</translation>
    </message>
    <message numerus="yes">
        <source>{done:,} photos indexed; %n photos were skipped.</source>
        <translation>
            <numerusform>{done:,} Fotos erfasst; %n Foto wurde übergangen.</numerusform>
            <numerusform>{done:,} Fotos erfasst; %n Fotos wurden übergangen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{firm} of the first {hits} stay for all {boxes} boxes near this one</source>
        <translation>{firm} der ersten {hits} bleiben bei allen {boxes} Rahmen in der Nähe</translation>
    </message>
    <message>
        <source>{good} good, {junk} junk</source>
        <translation>{good} gut, {junk} unbrauchbar</translation>
    </message>
    <message>
        <source>{keypoints} in the box.</source>
        <translation>{keypoints} im Rahmen.</translation>
    </message>
    <message>
        <source>{keypoints} in the photo.</source>
        <translation>{keypoints} im Foto.</translation>
    </message>
    <message>
        <source>{key} is the key of “{command}”</source>
        <translation>{key} ist die Taste für „{command}“</translation>
    </message>
    <message>
        <source>{layer} · cells of {stride} px · {channels:,} channels</source>
        <translation>{layer} · Zellen von {stride} px · {channels:,} Kanäle</translation>
    </message>
    <message>
        <source>{left} (left) and {right} (right)</source>
        <translation>{left} (links) und {right} (rechts)</translation>
    </message>
    <message>
        <source>{mask} histogram: {change}</source>
        <translation>{mask}-Histogramm: {change}</translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps all %n cells</source>
        <translation>
            <numerusform>{mask} behält die eine Zelle</numerusform>
            <numerusform>{mask} behält alle %n Zellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps none of %n cells</source>
        <translation>
            <numerusform>{mask} behält die eine Zelle nicht</numerusform>
            <numerusform>{mask} behält keine von %n Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>{mask} keeps {kept:.1f} ± {kept_error:.1f} %, {low:.1f} ± {low_error:.1f} % of pairs within ±0.15</source>
        <translation>{mask} behält {kept:.1f} ± {kept_error:.1f} %, {low:.1f} ± {low_error:.1f} % der Paare innerhalb ±0,15</translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps {share} of %n cells</source>
        <translation>
            <numerusform>{mask} behält {share} von %n Zelle</numerusform>
            <numerusform>{mask} behält {share} von %n Zellen</numerusform>
        </translation>
    </message>
    <message>
        <source>{mask}: {share} kept</source>
        <translation>{mask}: {share} behalten</translation>
    </message>
    <message>
        <source>{numbers:,} numbers = {bytes:,} bytes</source>
        <translation>{numbers:,} Zahlen = {bytes:,} Bytes</translation>
    </message>
    <message>
        <source>{number} only alike</source>
        <translation>{number} nur ähnlich</translation>
    </message>
    <message>
        <source>{photos:,} of {total:,} photos by chance, {cells:.0f} cells each.</source>
        <translation>{photos:,} von {total:,} Fotos, zufällig, je {cells:.0f} Zellen.</translation>
    </message>
    <message>
        <source>{photo}
{rows} × {columns} cells of {channels} channels</source>
        <translation>{photo}
{rows} × {columns} Zellen mit {channels} Kanälen</translation>
    </message>
    <message>
        <source>{photo}, box</source>
        <translation>{photo}, Rahmen</translation>
    </message>
    <message>
        <source>{reason}: what is found may be chance.</source>
        <translation>{reason}: Was gefunden wird, kann Zufall sein.</translation>
    </message>
    <message>
        <source>{share} kept</source>
        <translation>{share} behalten</translation>
    </message>
    <message>
        <source>{share} of pairs within ±{bound}, {change}</source>
        <translation>{share} der Paare innerhalb ±{bound}, {change}</translation>
    </message>
    <message numerus="yes">
        <source>{shown:,} of %n photos</source>
        <translation>
            <numerusform>{shown:,} von %n Foto</numerusform>
            <numerusform>{shown:,} von %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{side} of the box</source>
        <translation>{side} des Rahmens</translation>
    </message>
    <message>
        <source>{side} of the box in pixels of the photo; an empty box searches for the whole photo</source>
        <translation>{side} des Rahmens in Pixeln des Fotos; ein leerer Rahmen sucht nach dem ganzen Foto</translation>
    </message>
    <message>
        <source>{step} of {all}</source>
        <translation>{step} von {all}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{time} left in this step</source>
        <translation>noch {time} in diesem Schritt</translation>
    </message>
    <message numerus="yes">
        <source>{what}, unlike %n others</source>
        <translation>
            <numerusform>{what}, anders als %n anderes</numerusform>
            <numerusform>{what}, anders als %n andere</numerusform>
        </translation>
    </message>
    <message>
        <source>{what}: marked as right. The search uses it too.</source>
        <translation>{what}: als richtig markiert. Die Suche verwendet es auch.</translation>
    </message>
    <message>
        <source>{what}: marked as wrong. The search avoids it.</source>
        <translation>{what}: als falsch markiert. Die Suche meidet es.</translation>
    </message>
    <message>
        <source>{what}: not judged.</source>
        <translation>{what}: nicht beurteilt.</translation>
    </message>
    <message>
        <source>{what}: {kind}.</source>
        <translation>{what}: {kind}.</translation>
    </message>
    <message>
        <source>±0.15 MAX</source>
        <translation>±0,15 MAX</translation>
    </message>
    <message>
        <source>±0.15 SIFT</source>
        <translation>±0,15 SIFT</translation>
    </message>
    <message>
        <source>±0.15 SUM</source>
        <translation>±0,15 SUM</translation>
    </message>
    <message>
        <source>±0.15 none</source>
        <translation>±0,15 keine</translation>
    </message>
    <message>
        <source>Σ over all channels</source>
        <translation>Σ über alle Kanäle</translation>
    </message>
    <message>
        <source>Σ {total:.1f}, rank {rank:,} of {cells:,}</source>
        <translation>Σ {total:.1f}, Rang {rank:,} von {cells:,}</translation>
    </message>
    <message>
        <source>✓ Done</source>
        <translation>✓ Fertig</translation>
    </message>
    <message>
        <source>✕ Photo</source>
        <translation>✕ Foto</translation>
    </message>
</context>
</TS>
