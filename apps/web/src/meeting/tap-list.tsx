import type { Procedure } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { tapsOf } from './meeting.queries.ts';

/** What was noted so far, the newest first. */
export function TapList({ procedure }: { procedure: Procedure }) {
  const taps = tapsOf(procedure);
  if (taps.length === 0) return <p className="small quiet">{t('meeting.nothingNoted')}</p>;
  return (
    <ol className="meeting-taps small" aria-label={t('meeting.noted')}>
      {taps.toReversed().map(({ at, title, words }) => (
        <li key={at}>
          <time dateTime={at}>{timeOf(at)}</time> {inReaders(title)}
          {words && (
            <>
              {' · '}
              <q>{words}</q>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
