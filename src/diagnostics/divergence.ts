/** The first line, counted from 1, in which a text is not what it should be; CRLF is a line end like LF. */
export function firstDifferentLine(is: string, shouldBe: string): number {
  const lines = is.split(/\r?\n/);
  const wanted = shouldBe.split(/\r?\n/);
  const index = lines.findIndex((line, at) => line !== wanted[at]);
  return index < 0 ? Math.min(lines.length, wanted.length) : index + 1;
}
