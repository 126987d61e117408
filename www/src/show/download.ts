// A file for the visitor to keep.

/** Lets the browser save this under a name. */
export function download(content: BlobPart, name: string, type: string) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name of a data file without its endings. */
export function stem(name: string, otherwise: string): string {
  return name.replace(/\.(csv|tsv|jsonl|ndjson|json|parquet|arrow|feather)?(\.gz)?$/i, "") || otherwise;
}
