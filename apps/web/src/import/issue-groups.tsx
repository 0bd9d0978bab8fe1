import { number } from '../words/how-much.ts';
import { issueWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

type Placed = {
  readonly code: string;
  readonly message: string;
  readonly container: string;
  readonly member: string | null;
  readonly range?: { readonly start: number; readonly end: number } | null;
};

const PLACES_SHOWN = 3;

/** What the reader noticed, each said once, with where it was met. */
export function IssueGroups({ issues }: { issues: readonly Placed[] }) {
  return (
    <ul className="sheet lines">
      {[...Map.groupBy(issues, issueWords)].map(([words, alike]) => (
        <li key={words} className="issue">
          {words}
          <Places issues={alike} />
        </li>
      ))}
    </ul>
  );
}

/** Where the same was met, each place once: a long chat may say one thing a hundred times, and a letter thrice. */
function Places({ issues }: { issues: readonly Placed[] }) {
  const places = [...new Set(issues.map(placeOf))];
  const rest = places.slice(PLACES_SHOWN);
  return (
    <div className="issue-places">
      {places.slice(0, PLACES_SHOWN).map(lineOf)}
      {rest.length > 0 && (
        <details>
          <summary className="small">{t('run.morePlaces', { count: rest.length })}</summary>
          {rest.map(lineOf)}
        </details>
      )}
    </div>
  );
}

function lineOf(place: string) {
  return (
    <span key={place} className="mono quiet">
      {place}
    </span>
  );
}

function placeOf({ container, member, range }: Placed): string {
  const place = [container, member].filter(Boolean).join(' › ');
  return range ? t('original.range', { place, start: number(range.start), until: number(range.end) }) : place;
}
