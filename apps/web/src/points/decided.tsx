import type { PointLine } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { QuoteLine } from './quote-line.tsx';

/** How often it was decided. */
export function timesDecided({ decided }: PointLine): number {
  return decided.filter(({ role }) => role === 'agreed').length;
}

/** Whether it was decided more than once. */
export function isChanged(point: PointLine): boolean {
  return timesDecided(point) > 1;
}

/** What they decided, each with its day and its words, the first one first; between it what opened it again. */
export function Decided({ point: { decided, partyId } }: { point: PointLine }) {
  return (
    <ol className="decided">
      {decided.map((cite) => (
        <li
          key={cite.recordId}
          className={cite.role === 'agreed' ? 'decided-one' : 'decided-one decided-again'}
        >
          <p className="small">
            {cite.role === 'agreed' ? t('decided.on') : t('decided.again')}{' '}
            <strong className="number">{cite.at ? dateOf(cite.at) : t('point.erased')}</strong>
          </p>
          <QuoteLine partyId={partyId} cite={cite} side="theirs" />
        </li>
      ))}
    </ol>
  );
}
