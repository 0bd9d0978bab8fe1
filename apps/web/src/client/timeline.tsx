import { useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import type { Signal, Timeline as TimelinePage } from '../api/shapes.ts';
import { pageMarksQuery } from '../language/signals.queries.ts';
import type { TimelineFilter } from '../router.tsx';
import { useKeys } from '../shell/keys.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { monthOf } from '../words/when.ts';
import { timelineQuery } from './client.queries.ts';
import { picks, picksOf, togglePick } from './picks.ts';
import { heightOf, monthAbove, type TimelineItem, timelineItems } from './timeline.items.ts';
import { useWalk } from './timeline.walk.ts';
import { TimelineLine } from './timeline-line.tsx';
import './timeline.css';

const FETCH_AHEAD = 60;
/** A month's name comes before the first line. */
const FIRST = 1;
const DRAWN_BESIDE = 8;

type Shown = { partyId: string; filter: TimelineFilter; openId: string | undefined };

/** Everything with one client, newest first; only what is in sight is drawn. */
export function Timeline({ partyId, filter, openId }: Shown) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, isSuccess } = useInfiniteQuery(
    timelineQuery(partyId, filter),
  );
  const items = useMemo(() => timelineItems(data?.pages.flatMap((page) => page.items) ?? []), [data]);
  const scroller = useRef<HTMLDivElement>(null);
  const walk = useWalk({ items, partyId, filter, openId, scroller });
  const { activeId, step, open, openPoint, openThread } = walk;
  const { isPicking, ids } = picksOf(picks.use(), partyId);
  const marksOf = useMarks(partyId, data?.pages ?? []);
  const virtual = useDrawnPart(items, activeId, scroller);
  const lastDrawn = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastDrawn > items.length - FETCH_AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, lastDrawn, items.length, fetchNextPage]);
  const togglePicked = () => activeId && togglePick(partyId, activeId);
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => step(1) },
    { keys: 'k', says: 'keys.previous', run: () => step(-1) },
    { keys: 'Enter', says: 'keys.open', run: () => activeId && open(activeId) },
    { keys: 'T', says: 'keys.thread', run: openThread },
    { keys: 'x', says: 'keys.pick', run: togglePicked },
    { keys: 'Space', says: 'keys.pick', run: togglePicked },
  ]);
  if (isSuccess && items.length === 0)
    return (
      <p className="timeline-none quiet">{t(filter.point ? 'timeline.noneOfPoint' : 'timeline.none')}</p>
    );
  const total = data?.pages[0]?.total ?? 0;
  const month = monthAbove(items, virtual.range?.startIndex ?? 0);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the click is of the links
    <div
      className={isPicking ? 'timeline timeline-picks' : 'timeline'}
      ref={scroller}
      onClick={openClicked(open, openPoint)}
    >
      {month && (
        <div className="timeline-month timeline-month-now" aria-hidden="true">
          {monthOf(month)}
        </div>
      )}
      <ul
        aria-label={t('timeline.label')}
        className="timeline-all"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <Place
            key={key}
            item={items[index]!}
            marks={marksOf(key as string)}
            startPx={start}
            total={total}
            activeId={activeId ?? items[FIRST]?.key}
            partyId={partyId}
            openId={openId}
            isPicking={isPicking}
            isPicked={ids.has(key as string)}
          />
        ))}
      </ul>
      <p className="timeline-end quiet small">
        {hasNextPage
          ? t('timeline.loading', { shown: number(items.at(-1)?.place ?? 0), total: number(total) })
          : t('timeline.end', { count: total })}
      </p>
    </div>
  );
}

/** The marked words of the pages that are loaded; a page's marks come right behind its rows. */
function useMarks(partyId: string, pages: readonly TimelinePage[]) {
  const maps = useQueries({
    queries: pages.map((page) =>
      pageMarksQuery(
        partyId,
        page.items.filter(({ direction }) => direction !== 'outbound').map(({ id }) => id),
      ),
    ),
  });
  return (id: string): readonly Signal[] | undefined => {
    for (const { data } of maps) {
      const marks = data?.get(id);
      if (marks) return marks;
    }
    return undefined;
  };
}

/** Which of the items are drawn; the one that Tab comes to always is, else scrolling would lose it. */
function useDrawnPart(
  items: readonly TimelineItem[],
  activeId: string | undefined,
  scroller: React.RefObject<HTMLDivElement | null>,
) {
  const activeAt = items.findIndex((item) => item.key === activeId);
  const stopAt = activeAt >= 0 ? activeAt : Math.min(FIRST, items.length - 1);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => heightOf(items[at]!),
    getItemKey: (at) => items[at]!.key,
    overscan: DRAWN_BESIDE,
    // Under the month's name that stays on top.
    scrollPaddingStart: 30,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return stopAt < 0 || drawn.includes(stopAt) ? drawn : [...drawn, stopAt].sort((a, b) => a - b);
    },
  });
  useEffect(() => {
    if (activeAt >= 0) virtual.scrollToIndex(activeAt, { align: 'auto' });
  }, [activeAt, virtual]);
  return virtual;
}

type PlaceOf = Pick<Shown, 'partyId' | 'openId'> & {
  item: TimelineItem;
  marks: readonly Signal[] | undefined;
  startPx: number;
  total: number;
  activeId: string | undefined;
  isPicking: boolean;
  isPicked: boolean;
};

function Place({ item, marks, startPx, total, activeId, partyId, openId, isPicking, isPicked }: PlaceOf) {
  const style = { transform: `translateY(${startPx}px)` };
  if (item.kind === 'month') {
    return (
      <li className="timeline-place timeline-month" style={style}>
        {monthOf(item.at)}
      </li>
    );
  }
  const { row, startsDay, place } = item;
  return (
    <li className="timeline-place" style={style} aria-posinset={place} aria-setsize={total}>
      <TimelineLine
        partyId={partyId}
        row={row}
        marks={marks}
        startsDay={startsDay}
        isActive={row.id === activeId}
        isOpen={row.id === openId}
        isPicking={isPicking}
        isPicked={isPicked}
      />
    </li>
  );
}

/** A plain click opens beside the list; one with a modifier is the browser's, as everywhere. */
function openClicked(open: (id: string) => void, openPoint: (number: string) => void) {
  return (event: MouseEvent) => {
    const { row, point } = (event.target as Element).closest<HTMLElement>('a')?.dataset ?? {};
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(row || point)) return;
    event.preventDefault();
    if (point) openPoint(point);
    else if (row) open(row);
  };
}
