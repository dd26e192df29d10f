/** What the process says to the script that started it. Frozen: scripts rely on them. */
export const exitCodes = {
  fine: 0,
  internal: 1,
  usage: 2,
  rejected: 3,
  outOfDate: 4,
  breaking: 5,
} as const;

export const exitCodesHelp = `
Exit codes:
  0  fine
  1  internal error; the disk failed; a delivery was not answered with 200
  2  usage, configuration, or an input that cannot be read
  3  a document or an overlay was rejected
  4  out of date (check); no kit to compare (check, diff); deliveries that the documents do not cover (infer --check)
  5  breaking change (diff)
`;
