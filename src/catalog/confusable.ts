/** What a name looks like: two names with one skeleton can be taken for each other. */
export function skeletonOf(name: string): string {
  return name.normalize('NFKC').replace(/[^\x00-\x7f]/g, (letter) => lookalikes.get(letter) ?? letter);
}

/** Cyrillic and Greek letters that are drawn like Latin ones. */
const lookalikes: ReadonlyMap<string, string> = new Map(
  [...'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwνvοoαaιiκkρpτtυu'].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1] as string] as const] : [],
  ),
);
