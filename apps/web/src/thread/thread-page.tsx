import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Signal } from '../api/shapes.ts';
import type { Thread } from '../generated/types.gen.ts';
import { pageMarksQuery } from '../language/signals.queries.ts';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { threadQuery } from './thread.queries.ts';
import { ThreadMessage } from './thread-message.tsx';
import './thread.css';

const route = getRouteApi('/interactions/$interactionId/thread');

/** One conversation from its first message to its last, both sides, with what they quote folded. */
export function ThreadPage() {
  const { interactionId } = route.useParams();
  const { history } = useRouter();
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...threadQuery(interactionId),
    throwOnError: true,
  });
  const list = useRef<HTMLOListElement>(null);
  const messages = data?.pages.flatMap((page) => page.items) ?? [];
  const marksOf = useMarks(data?.pages ?? []);
  const asked = data?.pages[0]?.asked;
  const isAskedHere = messages.some(({ row }) => row.id === asked);
  useEffect(() => {
    if (data && !isAskedHere && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [data, isAskedHere, hasNextPage, isFetchingNextPage, fetchNextPage]);
  useShown(list, isAskedHere ? asked : undefined);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(list.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(list.current, -1) },
    { keys: 'Escape', says: 'keys.back', run: () => history.back() },
  ]);
  const says = titleOf(data?.pages[0]);
  return (
    <div className="page thread">
      <PageTitle says={says} />
      {data && <ThreadHead says={says} first={data.pages[0]!} />}
      <ol className="thread-messages" ref={list} aria-label={t('thread.messages')}>
        {messages.map((message) => (
          <ThreadMessage
            key={message.row.id}
            message={message}
            marks={marksOf(message.row.id)}
            subject={says}
            isAsked={message.row.id === asked}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </div>
  );
}

function ThreadHead({ says, first }: { says: string; first: Thread }) {
  const parties = new Map(first.items.flatMap(({ row }) => row.parties.map(({ id, name }) => [id, name])));
  return (
    <header className="thread-head">
      <h1>{says}</h1>
      <p className="small quiet">
        {[...parties].map(([id, name]) => (
          <span key={id}>
            <Link to="/clients/$partyId" params={{ partyId: id }}>
              {name}
            </Link>
            {' · '}
          </span>
        ))}
        {t('thread.count', { count: first.total })}
        {first.items[0] && ` · ${t('thread.since', { date: dateOf(first.items[0].row.at) })}`}
      </p>
    </header>
  );
}

/** What the conversation is about: the subject with which it began. */
function titleOf(first: Thread | undefined): string {
  return first?.items[0]?.row.subject || t('thread.title');
}

/** The marked words of their messages; they come right behind the page they stand in. */
function useMarks(pages: readonly Thread[]) {
  const maps = useQueries({
    queries: pages.map(({ items }) => {
      const theirs = items.filter(({ row }) => row.direction !== 'outbound');
      const party = theirs.find(({ row }) => row.parties.length > 0)?.row.parties[0]?.id ?? '';
      const ids = theirs.map(({ row }) => row.id);
      return { ...pageMarksQuery(party, ids), enabled: party !== '' };
    }),
  });
  return (id: string): readonly Signal[] => maps.flatMap(({ data }) => data?.get(id) ?? []);
}

/** The message one came from is in sight, and has the focus. */
function useShown(list: React.RefObject<HTMLElement | null>, id: string | undefined): void {
  useEffect(() => {
    if (!id) return;
    const head = list.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    head?.focus({ preventScroll: true });
    head?.scrollIntoView({ block: 'center' });
  }, [list, id]);
}
