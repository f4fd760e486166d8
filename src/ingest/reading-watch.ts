/** Is told of the first reading, in which every file is hashed and every archive checked; every call stands for hundreds of rows. */
export interface ReadingWatch {
  /** So many bytes are to be read beside those announced before; an archive announces what it holds once that is known. */
  willRead(bytes: number): void;
  /** So many bytes of this file were read since the call before. */
  haveRead(name: string, bytes: number): void;
}

/** Is told how far the content of one file is taken in, in bytes from its start. The position goes back where a file is read again. */
export type PositionWatch = (position: number) => void;

export const UNWATCHED: ReadingWatch = { willRead: () => undefined, haveRead: () => undefined };
