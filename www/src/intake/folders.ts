// What was dropped, as files: of a folder those that lie in it, hidden ones left out.

/* More files are no feed. */
const MOST = 4096;

/** The files; `null`: a folder has too many, or cannot be read. To be called while the drop is handled. */
export function filesIn(items: DataTransferItem[]): Promise<File[] | null> {
  // The browser forgets the items when its event is over.
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const all = dropped.map(({ entry, file }) => (isFolder(entry) ? listed(entry) : Promise.resolve(file ? [file] : [])));
  return Promise.all(all).then(
    (lists) => (lists.includes(null) ? null : lists.flatMap((list) => list ?? [])),
    () => null,
  );
}

function isFolder(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory === true;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile && !entry.name.startsWith(".");
}

async function listed(folder: FileSystemDirectoryEntry): Promise<File[] | null> {
  const reader = folder.createReader();
  const found: FileSystemFileEntry[] = [];
  for (;;) {
    // A browser gives a hundred at a time.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    found.push(...some.filter(isFile));
    if (found.length > MOST) return null;
  }
  return Promise.all(found.map((entry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))));
}
