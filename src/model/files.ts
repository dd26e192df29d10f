/** Where documents are read from: the disk, or a revision of a repository. All paths are absolute. */
export interface Files {
  /** The path with no link in it; fails with the code of the system where nothing is there. */
  real(path: string): Promise<string>;
  isFile(path: string): Promise<boolean>;
  /** The bytes of a file, or more than `atMost` of them; fails with the code of the system, `TOO_LARGE` or `NOT_A_FILE`. */
  read(path: string, atMost: number): Promise<Uint8Array>;
  /** The file as messages name it. */
  name(path: string, cwd: string): string;
}
