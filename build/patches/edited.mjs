/** A script with other text in some places, all of which have to be there. */
export function edited(text, edits) {
  let result = text;
  for (const [place, by] of edits) {
    const before = result;
    result = result.replace(place, by);
    if (result === before) throw new Error(`a library no longer holds ${place}`);
  }
  return result;
}
