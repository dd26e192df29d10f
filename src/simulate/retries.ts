const minute = 60_000;

/**
 * When a delivery that was not answered with 200 is sent again: 5 minutes after it failed, then 30, then 60 minutes after the
 * last failure; then it is given up, and the admins get an e-mail (supportsandbox.freshdesk.com, article 11000000028141;
 * grade: V, for Freshdesk). The integration notes say "up to 4 retries with exponential backoff" (grade: seed), which is taken
 * for the same. That the other products do likewise is an assumption: none of their pages says when they try again.
 */
export const retryDelaysMs: readonly number[] = [5 * minute, 30 * minute, 60 * minute];

/**
 * Freshchat counts its tries in a header (support.freshchat.com, article 239404; grade: V). That the first one is 0 is an
 * assumption.
 */
export function retryHeader(product: string, retry: number): readonly (readonly [string, string])[] {
  return product === 'freshchat' ? [['X-Retry-Count', String(retry)]] : [];
}
