import type { Due } from '../generated/types.gen.ts';
import { isOutdated } from '../procedure/source-list.tsx';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

/** A date whose source is not known to hold any more says so wherever it stands. */
export function OutdatedMark({ due: { params } }: { due: Pick<Due, 'params'> }) {
  const validUntil = typeof params.validUntil === 'string' ? params.validUntil : null;
  if (!isOutdated(validUntil)) return null;
  return (
    <span className="due-unverified">
      {' · '}
      {t('calendar.outdated', { day: dateOf(`${validUntil}T12:00:00`) })}
    </span>
  );
}
