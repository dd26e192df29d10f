const key = 'freshworks-gen-token';

/**
 * The token of this page. It comes in the fragment, which no server sees, and is kept for this tab, so that a reload works; the
 * address is left without it.
 */
export function takeToken(): string | undefined {
  const given = /^#token=([\w.~-]+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(key, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given ?? sessionStorage.getItem(key) ?? undefined;
}
