/** A row of a dump: `00000010  7b 22 …  {"…`. */
export function hexDump(bytes: Uint8Array): readonly string[] {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));
    rows.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${text.join('')}`);
  }
  return rows;
}
