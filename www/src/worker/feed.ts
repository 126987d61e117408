// The folder of a feed: its saved profiles, read here one after the other, and its marks.
import type { Calls, Mark } from "./protocol";

type Bytes = (file: File) => Uint8Array;

/** What the engine does of it. */
export interface Feeds {
  Folder: new (marks: Uint8Array | null) => {
    add(name: string, saved: Uint8Array): void;
    feed(): Uint8Array;
    free(): void;
  };
  marksOf(marks: Uint8Array): { marks: Record<string, Mark> };
  marked(marks: Uint8Array | null, interval: string, mark: Mark | null): Uint8Array;
}

/** A feed of these profiles. */
export function folder({ files, marks }: Calls["folder"]["args"], engine: Feeds, bytes: Bytes): Uint8Array {
  const folder = new engine.Folder(marks && bytes(marks));
  try {
    for (const file of files) folder.add(file.name, bytes(file));
  } catch (error) {
    folder.free();
    throw error;
  }
  return folder.feed();
}

/** What a file of marks says. */
export function marksOf({ marks }: Calls["marksOf"]["args"], engine: Feeds, bytes: Bytes): Array<[string, Mark]> {
  return Object.entries(engine.marksOf(bytes(marks)).marks);
}

/** The file with a mark more, or less. */
export function marked({ marks, interval, mark }: Calls["marked"]["args"], engine: Feeds, bytes: Bytes): Uint8Array {
  return engine.marked(marks && bytes(marks), interval, mark);
}
