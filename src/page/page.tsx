import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { DetailView } from './detail.js';
import { Dialogs } from './dialogs.js';
import { Locked, NoDeliveries, NoMatch } from './empty.js';
import { Filters } from './filters.js';
import { List } from './list.js';
import type { Session } from './session.js';
import { useStore } from './store.js';
import { Text } from './text.js';
import { Top } from './top.js';

/** The whole page. */
export function Page({ session }: { readonly session: Session }): JSX.Element {
  const shown = useStore(session.store);
  const { connection, isLoaded, all, rows, cursor, selected, notice } = shown;
  if (connection === 'locked') return <Locked />;
  const list =
    rows.length > 0 ? (
      <List rows={rows} cursor={cursor} onOpen={({ latest }) => session.open(latest.id)} />
    ) : all.length > 0 ? (
      <NoMatch session={session} />
    ) : isLoaded ? (
      <NoDeliveries session={session} />
    ) : (
      <div class="empty">
        <p>{connection === 'lost' ? 'The server does not answer.' : 'Reading deliveries…'}</p>
      </div>
    );

  return (
    <>
      <div class={selected === undefined ? 'page' : 'page is-reading'}>
        <Top session={session} />
        {connection === 'lost' && (
          <div class="lost" role="alert">
            The connection to the server is lost. The page connects again by itself.
            <button type="button" onClick={session.retry}>
              Try now
            </button>
          </div>
        )}
        <main class="panes">
          <section class="pane-list" aria-label="Deliveries">
            {all.length > 0 && <Filters session={session} />}
            {list}
          </section>
          <section class="pane-detail" aria-label="Delivery">
            <Reading session={session} />
          </section>
        </main>
      </div>
      <Dialogs session={session} />
      <div class="notices" role="status" aria-live="polite">
        {notice !== undefined && (
          <p class={notice.isError ? 'notice is-error' : 'notice'}>
            <Text text={notice.text} most={300} />
          </p>
        )}
      </div>
    </>
  );
}

/** The delivery that is read, or what to do where none is. */
function Reading({ session }: { readonly session: Session }): JSX.Element {
  const { detail, trouble, selected, all } = session.shown;
  const isReady = detail !== undefined && detail.id === selected;
  useEffect(() => {
    if (isReady) session.focusIfAsked();
  }, [isReady, detail?.id]);
  // The payload may be long: it is drawn again for another delivery, not for each that comes.
  const view = useMemo(() => detail && <DetailView detail={detail} session={session} />, [detail]);
  return (
    <>
      <button type="button" class="back" onClick={() => session.leave()}>
        ← Deliveries
      </button>
      {trouble !== undefined ? (
        <div class="empty">
          <h2>This delivery cannot be shown</h2>
          <p>
            <Text text={trouble} most={300} />
          </p>
        </div>
      ) : (
        (view ?? (
          <div class="empty">
            {all.length > 0 && selected === undefined && <p>Choose a delivery to read it.</p>}
          </div>
        ))
      )}
    </>
  );
}
