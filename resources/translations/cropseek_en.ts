<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n SIFT keypoints</source>
        <translation>
            <numerusform>%n SIFT keypoint</numerusform>
            <numerusform>%n SIFT keypoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n channels chose it: {first}</source>
        <translation>
            <numerusform>%n channel chose it: {first}</numerusform>
            <numerusform>%n channels chose it: {first}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n examples</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files written to {folder}.</source>
        <translation>
            <numerusform>%n file written to {folder}.</numerusform>
            <numerusform>%n files written to {folder}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hits written to {file}.</source>
        <translation>
            <numerusform>%n hit written to {file}.</numerusform>
            <numerusform>%n hits written to {file}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keypoints agree</source>
        <translation>
            <numerusform>%n keypoint agrees</numerusform>
            <numerusform>%n keypoints agree</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n likely right</source>
        <translation>
            <numerusform>%n likely right</numerusform>
            <numerusform>%n likely right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nearest to {what}</source>
        <translation>
            <numerusform>%n nearest to {what}</numerusform>
            <numerusform>%n nearest to {what}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n nearly the same</source>
        <translation>
            <numerusform>%n nearly the same</numerusform>
            <numerusform>%n nearly the same</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are at this distance, and share the ranks {first} to {last}</source>
        <translation>
            <numerusform>%n photo is at this distance, at the ranks {first} to {last}</numerusform>
            <numerusform>%n photos are at this distance, and share the ranks {first} to {last}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos are not there any more, and shown in grey.</source>
        <translation>
            <numerusform>%n photo is not there any more, and shown in grey.</numerusform>
            <numerusform>%n photos are not there any more, and shown in grey.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos could not be read.</source>
        <translation>
            <numerusform>%n photo could not be read.</numerusform>
            <numerusform>%n photos could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos indexed</source>
        <translation>
            <numerusform>%n photo indexed</numerusform>
            <numerusform>%n photos indexed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photos: zoom in</source>
        <translation>
            <numerusform>%n photo: zoom in</numerusform>
            <numerusform>%n photos: zoom in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n queries are judged now.</source>
        <translation>
            <numerusform>%n query is judged now.</numerusform>
            <numerusform>%n queries are judged now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that are nearly the same</source>
        <translation>
            <numerusform>%n that is nearly the same</numerusform>
            <numerusform>%n that are nearly the same</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that you rejected are left out</source>
        <translation>
            <numerusform>%n that you rejected is left out</numerusform>
            <numerusform>%n that you rejected are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n verified</source>
        <translation>
            <numerusform>%n verified</numerusform>
            <numerusform>%n verified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n windows</source>
        <comment>parts of a photo</comment>
        <translation>
            <numerusform>%n window</numerusform>
            <numerusform>%n windows</numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;{suffix}&apos; is no format of a figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(a) kept, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(b) pairs within ±0.15, %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>160 pictures of a made-up town come with the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1:1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2×2 pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>50 is the paper&apos;s median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A click pins a cell and shows its likeness to all others (P)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A collection on a server that many people search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A collection that was indexed before (.cropseek).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for the judgements</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for the photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder in the form of Oxford&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with judgements in Oxford&apos;s form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A further example of what you look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A further window, with a collection of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A library that somebody has published on a server. Whoever runs the server knows the address; it holds no password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pipeline to start from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sample by chance; quick, with its uncertainty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A table of all stars and tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AP {figure:.2f} ({low:.2f} to {high:.2f})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Cropseek</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added: {mark}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After “{paper}” by Do, Hoang, Le Tan and Cheung.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aggregation ψ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Also</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any network of these libraries can take the place of ours. Choose a layer with cells of 8 to 16 pixels: larger ones miss small things. The pipeline is fitted anew, and the photos are indexed with it into a library of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any of them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arranging the photos by likeness…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows move, plus and minus zoom, Home shows all, Enter opens the photo in the middle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As PNG, SVG or PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask with any photo file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask with the chosen photos of the gallery, or the chosen hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the photo (C, Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the query&apos;s own photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best: cells, then geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bit {number}: they agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bit {number}: they differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of the codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders of cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Borders of cells (B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box in numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box of {width:.0f} by {height:.0f} pixels at {left:.0f}, {top:.0f}. Arrow keys move it, with Ctrl they resize it, Escape clears it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse (G) has all photos. Type into its filter: words, folder:rome, date:2024. S stars a photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By what you judged. Precision: of the hits down to the last judged one, junk left out; those that are not judged count as wrong. AP: average precision as in Oxford&apos;s evaluation. In brackets 95 % intervals: Wilson&apos;s for the precision, a bootstrap over the good photos for AP.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C shows which cells, keypoints and bits speak for it. Inspect (I) shows what the masks keep, Browse (G) the whole gallery, and the Lab (L) other pipelines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV, JSON, or pages of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cell under the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change that one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels that are zero everywhere would choose the top left cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a hit first: Y marks it as right, N as wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo, then draw a box around what you look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a preset under Pipeline and press Compare: both rank what is asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose hits first, then say which are good and which are junk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos first. Those that are not indexed yet can be marked in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the cells to search with, one by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder that holds what {folder} held.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the results that do not show it; they will not come again for this query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose “Pin”, then click a cell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a cell of the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a cell to keep its numbers on show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a result to look at it near the place where the thing was found; [ and ] go on to the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a result to see which parts of it speak for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click one. It opens where the thing was found, outlined. The keys [ and ] go on, Alt+Left goes back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close all windows; indexing goes on at the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes (Hamming)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes of parts of photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes, then averaged descriptors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Codes, then descriptors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours as the desktop has them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours from {least} to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare keypoints of the first hits, or of twice as many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing every cell…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparing: {progress}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact sheet, pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies of the photos are in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy a picture or a file, then paste it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy a picture, a file, or the path of one, then paste it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy into a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the picture itself in the browser (Copy Image), then paste it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Covariance histograms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cropseek libraries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Shift+P finds every command by its words, F1 lists all keys. Now open a folder of your own with Ctrl+O.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Darken removed cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Darkness of removed cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe all photos again where the pipeline has a newer fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Describe anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Descriptors (cosine)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dimensions d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do again what was undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dot products of all pairs of cells (grey) and of kept ones (coloured). Band: ±0.15. Line: the cell under the mouse.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a box around anything to find it in the other photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag its middle or edges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a box first: it is moved a little, to see which hits stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a box on a photo.
Find it in your collection. See why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a box on a photo; find it in your collection; see why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a further example of what you look for (or hold Shift)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw what you do not look for (or the right button)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw with the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop or paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding φ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the tour (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter, double click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every panel at its place, as at the first start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything has a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Export %n sheets to</source>
        <translation>
            <numerusform>Export %n sheet to</numerusform>
            <numerusform>Export %n sheets to</numerusform>
        </translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export chosen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export figure 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export figure 2…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export judgements…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export marks…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export table or sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fastest: graphics card where there is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Features of its network may be negative, where the paper&apos;s are not: its masks take them as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer leave more of the machine to other programs; indexing takes longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure 2 in each format, masks as PNG and NPY, numbers as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figure 2 with a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command by its words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find your way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <comment>learn the settings of a pipeline</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit and save a pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit and save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders, dates and tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a bright room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a dim room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the networks of timm install that package: pip install &apos;cropseek[networks]&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget missing photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget what was rejected for this query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by cells that are alike and lie alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by its descriptor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by keypoints that agree in geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the chosen photos a tag, or take it away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up what is drawn, or take the box away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card, bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hashing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat (4-7)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat: channels won</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat: likeness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat: one channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat: Σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heights by their logarithm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here the mask raises the correlation: it keeps cells that lie side by side, which see nearly the same part of the photo, and leaves out the others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hits at least {share} % likely to be right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold the indexing; it goes on where it stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds from the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How alike the features are, with and without each mask, is drawn here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How dark the cells are that a mask removes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many channels have their maximum on each cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many photos of the collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much each cell adds to the cosine, as its brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much each cell is like the pinned one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much each mask keeps in this collection, and what it does to the correlation of features (the paper&apos;s Fig. 3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much of the hit is seen over the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How query and hit are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How several boxes are joined</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the hits are ranked and shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the photos are ranked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In which order the photos stand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index a further folder into the open library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index as always</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index its folders into it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index the open folders with this preset into a library of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index what is new or changed in the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index with one thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Intervals are of 95 %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is it damaged, or very large? Save it as a file, then open that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is its disk connected? Open it again when it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is the disk full?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is asked again every few seconds; what was found before stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It shows not all of what is asked; it counts as good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It shows what is asked; the ranking stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its weights are about {size:,} MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge as good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge as junk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Judge as shown in part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this query in the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of {command}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key: {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints, masks and histograms together, linked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keypoints, masks and histograms, linked (H)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys: click one and press the new key; Backspace takes it away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lay a mask over the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn these settings on a folder of other photos, as a preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines between keypoints that agree in geometry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines between keypoints that are alike and do not agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines between the strongest pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines between the strongest pairs of cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link into a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links of the photos are in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Links to the originals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List the photos that could not be indexed, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at a hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the hit after this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the hit before this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the photo turned by a quarter; the file stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at the photo&apos;s features…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MAX kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MAX mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magma</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Maker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map of the collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark results with Y and N, draw further boxes with Shift or the right button, and the search gets better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matching cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Measure %n photos</source>
        <translation>
            <numerusform>Measure %n photo</numerusform>
            <numerusform>Measure %n photos</numerusform>
        </translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Median, contrast 4, radius 1, every channel, the library&apos;s size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move or resize the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the box by a pixel; with Shift by ten; with Ctrl resize it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the mouse over the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Names or paths to leave out, with * and ?, blanks between them:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network runs on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never show this hit for this query again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next box is not wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next box is wanted too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next hit (])</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No box. Draw one with the mouse to search for what is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No graphics card that can be used was found, or the settings name the processor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo passes the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo was skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo. {hint}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured for this ranking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not there now: {folders}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not wanted: {what}. Click to see it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was rejected for this query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of near-duplicates: this one is to be kept; nothing is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One image pixel on one screen pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One of photos that are nearly the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the first {number} were opened; more would fill the screen with windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opacity of {layer}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a collection that was indexed before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder and draw a box first; both pipelines then rank it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder first; what is left out belongs to its library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of photos. They are indexed where they are, and never changed; you can search from the first moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder or a library first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo and draw a box around a thing. The results follow your hand, and are verified when you let go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo and draw a box around what you look for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo first; its figure is then exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo first; its masks are then shown side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo first; its sheet is then exported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo of an indexed folder first; its query can then be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo to see which of its cells each mask keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a photo: its keypoints, masks and histograms are shown here together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a shared library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open its photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open shared library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder in the file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder that this pipeline should index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the pictures that come with the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open what was open last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open with another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or drop photos, folders or a library here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of each photo with a code of their own: more of them find smaller things, and take more room and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patterns of files and folders that are not indexed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos indexed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos of the collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos stay on this machine and are never changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos that are alike lie beside each other here, once the folder is indexed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos that are nearly the same lie together. Mark those to keep with Shift+K (✓); nothing is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos to fit on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos, pictures, folders and libraries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin a cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pipelines, their comparison, and statistics of the collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power law α</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the button of the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the mouse on the photo and draw around anything: a tower, a sign, a face. The results follow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous hit ([)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor, bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor, exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put this message away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python {version} on {system}, with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queries asked and saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query and hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query and hit side by side, and what speaks for the hit; or back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query ▸ {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank only photos like: {examples}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank the current query with this preset too, side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read judgements…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remembered: {what} will not be shown for this any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed: {mark}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right button and draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SIFT radius</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SUM kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SUM mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SUM percentile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save query…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as “{name}”. It stands among the queries, with a star.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say where it is now…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for what is in the box, while it is drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with a photo of the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with a photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with a picture out of another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with the mask&apos;s own cells again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching… (the hits are those of before)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See why it was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift and draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only photos like: {examples}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the cells that the MAX mask keeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the cells that the SIFT mask keeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the cells that the SUM mask keeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide: {layer} ({key})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show rejected hits again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the photos of a folder and index them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the gallery&apos;s pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped photos and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Software</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some photos of this collection, taken by chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({kind}: {error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space and drag, middle button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Star</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Star the chosen photos, or take the star away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still finishing a step of work; the window closes when it is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still to be indexed; results appear as soon as there is a library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the indexing; what is done is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop; nothing is saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag. If all chosen photos have it, it is removed:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tags</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it away (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take photos whose files are gone off the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the 60-second tour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the box away and search for the whole photo (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the last change of the query, star or tag back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The activations of one channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figure is in {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files, for a file manager, a mail or a chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The filter and the order wait until the list of all photos is read; the status bar says how far it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} is not on this computer. Its photos are shown small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {folder} is not there. Its photos stay in the library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gallery as a map: alike photos lie together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hit does not show it: search for what is unlike it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The hit shows it: search with it too</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The judgements of %n queries are in {folder}.</source>
        <translation>
            <numerusform>The judgements of %n query are in {folder}.</numerusform>
            <numerusform>The judgements of %n queries are in {folder}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The key 3 shows the cells that the search uses; K shows keypoints. Inspect (I) has all of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key C puts query and hit side by side, with the parts of both that made the score. C again: the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of photos is still being read; the status bar says how far it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The marks of %n photos are in {file}.</source>
        <translation>
            <numerusform>The marks of %n photo are in {file}.</numerusform>
            <numerusform>The marks of %n photos are in {file}.</numerusform>
        </translation>
    </message>
    <message>
        <source>The mouse draws and moves the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mouse paints the cells to search with; begin on a kept cell to take cells out (E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next box is wanted too (or draw it with Shift)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next box shows what is not wanted (or draw it with the right button)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The originals stay as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The paper&apos;s values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password is kept until the program ends, and never written anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo after this one in the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo before this one in the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo that is searched for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photo with its box, and what it finds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos are described with the present fit already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos of this shared library are shown small. Its files are opened when you agree to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pipeline &apos;{name}&apos; is fitted and saved as a preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The query after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The query and the chosen result, mask by mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The query before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is copied: versions, and the end of the log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same the other way round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server at {address} asks for a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sheets of the chosen photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The small copy of the shared library is shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sum over all channels of each cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole gallery: folders, dates, tags, and the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole photo in the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window over the whole screen, or back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Their places as text, one a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme, keys, and threads for indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no other photo here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no other photo in this library.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no result to compare with yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are indexed where they are, and never changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This collection was described with an earlier fit of its pipeline. It works as before; described anew it is searched with the present one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This library was not made on this computer: it is only read, and its folders are left alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo is what is searched for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Those of all queries, in the form of Oxford&apos;s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads for indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too small or hidden to count, neither right nor wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tour in a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tour: {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Truncate t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the most important things, step by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the sample collection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type where the box lies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type which photos are searched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type which photos the gallery shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo painting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use .png, .svg or .pdf.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a larger box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vector and code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify more hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying the first hits by geometry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version, licence, and what runs it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions and the end of the log, to be pasted into an issue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View ▾</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views of one thing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait with indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted: {what}. Click to see it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wanted: {what}. Click to see it, and draw a box on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights of the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be done with the chosen hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is shown here as PNG, SVG or PDF</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What ran and what failed; it names no photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the desktop opens photos with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the masks keep of the photo, with figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the photo&apos;s file says of itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the pipeline learns (PCA, codebook, whitening, rotation, hashing) should come from photos that are not searched, some hundred or more of all kinds, as the paper does. Where there are no others, some of the collection serve.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the program does, and every key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this pipeline costs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you do not look for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where are the photos of {folder}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the wanted boxes show one thing, or different ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which hits stay when the box moves a little?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While the machine is not plugged in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows</source>
        <comment>parts of a photo</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a mask {share:.1f} %.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom at the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a box on {photo}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a folder of other photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a global descriptor instead of mask, embedding and aggregation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a max pool after the layer, as the paper&apos;s pool5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all {cells:.0f} cells each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another network…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arranging photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as indexed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as without the mask ({share})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bfloat16 takes about half the time on newer processors; holds from the next window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cells around each keypoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>channels won by the cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codes compared by Milvus</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codes compared by the server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>codes compared here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>comparing masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine {cosine:.3f}, summed over {cells} cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>describing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>describing distractors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>down from {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downloaded once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>downloading the network&apos;s weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>eight bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extracting features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filtering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found by {stays} of {boxes} boxes near this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found in {time:.2f} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hit {rank} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in MAX, not in SIFT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in MAX, not in SUM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in SIFT, not in MAX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in SUM, not in MAX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in all three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>indexing closely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>indexing quickly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>inspecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not known where the query lies on this result, so it cannot be laid over it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it sees {pixels:.0f} pixels of the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>joined layers make a hyper-column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>judging</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>junk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>laid over by its cells, roughly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>laid over by its keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>leading components dropped after the rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning anchors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning the codebook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>learning the embedding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likeness to the pinned cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>list of photos: {done:,} of %n read</source>
        <translation>
            <numerusform>list of photos: {done:,} of %n read</numerusform>
            <numerusform>list of photos: {done:,} of %n read</numerusform>
        </translation>
    </message>
    <message>
        <source>log</source>
        <comment>logarithm</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longest side of a photo in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly in the left half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly in the lower half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly in the middle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly in the right half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly in the upper half</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly lower left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly lower right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly upper left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mostly upper right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>my pipeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nearest to example {number} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no SIFT keypoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no channel chose it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no dead channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no folder is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no keypoints agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no library is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no library open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no windows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there now: is its disk connected?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of a baseline: of its whitened vector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of hits like this one about {share:.0%} are right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over 99 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>own</source>
        <comment>a network of one&apos;s own</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pairs in the bin under the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of a name: resnet50, convnext, dinov2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>partly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>precision {right}/{looked} = {share:.0f} % ({low:.0f} to {high:.0f} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing to describe anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing to fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing to index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing to index with {preset}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing verified hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing {preset}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>probably none is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>publishing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>px</source>
        <comment>pixels</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>query</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>rank {rank}, score {score:.3f}, %n bits differ</source>
        <translation>
            <numerusform>rank {rank}, score {score:.3f}, %n bit differs</numerusform>
            <numerusform>rank {rank}, score {score:.3f}, %n bits differ</numerusform>
        </translation>
    </message>
    <message>
        <source>reading the layers of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the list of networks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading the list of photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scanning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searching</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>searching {done:,} of %n photos</source>
        <translation>
            <numerusform>searching {done:,} of %n photo</numerusform>
            <numerusform>searching {done:,} of %n photos</numerusform>
        </translation>
    </message>
    <message>
        <source>shared library, {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shifting the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spread over the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>spread over the photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>star</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tag “{name}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tags: {tags}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the figure cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the photos are not in this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the picture could not be kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the query is {query:.3f} from flipping, the hit {hit:.3f}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server of the shared library is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no picture here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no picture here, only text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this is neither a file nor a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this is only the address of a picture, and Cropseek never loads anything from the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this photo is not on this computer, or not open to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this picture cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>those that differ lie {times:.1f} times nearer to flipping (medians)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to be fitted on other photos first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few cells</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few cells to compare pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>under 1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up from {share}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>verified: %n keypoints agree in geometry</source>
        <translation>
            <numerusform>verified: %n keypoint agrees in geometry</numerusform>
            <numerusform>verified: %n keypoints agree in geometry</numerusform>
        </translation>
    </message>
    <message>
        <source>verifying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing codes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you judged it: {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{agree} of {bits} bits agree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bits} bits = {bytes} bytes + {more:,} of windows a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bits} bits = {bytes} bytes a photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{both} of the first {shown} in both; {up} rise, {down} fall, {stay} stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{done:,} photos indexed; %n photos were skipped.</source>
        <translation>
            <numerusform>{done:,} photos indexed; %n photo was skipped.</numerusform>
            <numerusform>{done:,} photos indexed; %n photos were skipped.</numerusform>
        </translation>
    </message>
    <message>
        <source>{firm} of the first {hits} stay for all {boxes} boxes near this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{good} good, {junk} junk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keypoints} in the box.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keypoints} in the photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} is the key of “{command}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{layer} · cells of {stride} px · {channels:,} channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{left} (left) and {right} (right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{mask} histogram: {change}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps all %n cells</source>
        <translation>
            <numerusform>{mask} keeps the only cell</numerusform>
            <numerusform>{mask} keeps all %n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps none of %n cells</source>
        <translation>
            <numerusform>{mask} keeps nothing of the only cell</numerusform>
            <numerusform>{mask} keeps none of %n cells</numerusform>
        </translation>
    </message>
    <message>
        <source>{mask} keeps {kept:.1f} ± {kept_error:.1f} %, {low:.1f} ± {low_error:.1f} % of pairs within ±0.15</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{mask} keeps {share} of %n cells</source>
        <translation>
            <numerusform>{mask} keeps {share} of the only cell</numerusform>
            <numerusform>{mask} keeps {share} of %n cells</numerusform>
        </translation>
    </message>
    <message>
        <source>{mask}: {share} kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{numbers:,} numbers = {bytes:,} bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} only alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photos:,} of {total:,} photos by chance, {cells:.0f} cells each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photo}
{rows} × {columns} cells of {channels} channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{photo}, box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason}: what is found may be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} of pairs within ±{bound}, {change}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{shown:,} of %n photos</source>
        <translation>
            <numerusform>{shown:,} of %n photo</numerusform>
            <numerusform>{shown:,} of %n photos</numerusform>
        </translation>
    </message>
    <message>
        <source>{side} of the box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{side} of the box in pixels of the photo; an empty box searches for the whole photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left in this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{what}, unlike %n others</source>
        <translation>
            <numerusform>{what}, unlike %n other</numerusform>
            <numerusform>{what}, unlike %n others</numerusform>
        </translation>
    </message>
    <message>
        <source>{what}: marked as right. The search uses it too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: marked as wrong. The search avoids it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: not judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>±0.15 MAX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>±0.15 SIFT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>±0.15 SUM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>±0.15 none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Σ over all channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Σ {total:.1f}, rank {rank:,} of {cells:,}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✕ Photo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
