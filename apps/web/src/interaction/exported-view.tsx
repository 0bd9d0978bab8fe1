import type { ReactNode } from 'react';
import type { Interaction } from '../api/shapes.ts';
import { named, t } from '../words/t.ts';
import { exportedState } from './exported-state.ts';

type Exported = NonNullable<Interaction['exported']>;

/** What an export says of an entry beside its words, and how that was read. */
export function ExportedView({ exported }: { exported: Exported }) {
  const { format, conversation, sentRaw, durationSec, isRebuilt } = exported;
  const became = exportedState(exported);
  return (
    <section>
      <h2>{t('exportedAs.title')}</h2>
      <p>
        {t('exportedAs.from', {
          format: named('format', format),
          conversation: conversation.name ?? conversation.id,
        })}
      </p>
      <dl className="facts">
        {sentRaw && <Line says={t('exportedAs.raw')}>{<code className="mono">{sentRaw}</code>}</Line>}
        <Assumed exported={exported} />
        {became && <Line says={t('exportedAs.state')}>{became}</Line>}
        {durationSec !== null && (
          <Line says={t('exportedAs.length')}>
            {t('exportedAs.seconds', { count: Math.round(durationSec) })}
          </Line>
        )}
      </dl>
      {isRebuilt && <p className="notice">{t('exportedAs.rebuilt')}</p>}
    </section>
  );
}

function Assumed({ exported: { zone, dateOrder } }: { exported: Exported }) {
  const order = dateOrder && {
    order: named('dateOrder', dateOrder.value),
    certainty: named('certainty', dateOrder.certainty),
  };
  return (
    <Line says={t('exportedAs.read')}>
      {zone && t('guess.zone', { zone: zone.name, certainty: named('certainty', zone.certainty) })}
      {zone && order && ' · '}
      {order && t('guess.order', order)}
    </Line>
  );
}

function Line({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>{children}</dd>
    </div>
  );
}
