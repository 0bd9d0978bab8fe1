import type { InteractionInPlace } from '../api/shapes.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

/** The record that is being corrected, as it stands. */
export function Corrected({ interaction }: { interaction: InteractionInPlace }) {
  const { row, text } = interaction;
  return (
    <section className="notice stack-small" aria-label={t('byhand.correctsWhat')}>
      <p className="small quiet">
        {named('kind', row.kind)} · {momentOf(row.at)}
      </p>
      <blockquote className="by-hand-before">{text}</blockquote>
      <p className="small">{t('byhand.bothStay')}</p>
    </section>
  );
}
