import { Link } from '@tanstack/react-router';
import type { ErasedLine, ErasurePreview } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

type Choosing = {
  readonly look: ErasurePreview;
  readonly also: readonly string[];
  readonly onAlso: (also: readonly string[]) => void;
};

/** What goes, what stays, and what forbids it. */
export function ErasePreview({ look, also, onAlso }: Choosing) {
  const { first, last, beside, holds } = look;
  return (
    <>
      {holds.length > 0 && (
        <section className="section notice" aria-labelledby="erase-held">
          <h2 id="erase-held">{t('erasure.held')}</h2>
          <ul>
            {holds.map(({ id, reason, reviewAt }) => (
              <li key={id}>
                <q>{reason}</q>
                {reviewAt && ` · ${t('hold.reviewOn', { date: dateOf(reviewAt) })}`}
              </li>
            ))}
          </ul>
          <p className="small">{t('erasure.heldWhat')}</p>
        </section>
      )}
      <section className="section" aria-labelledby="erase-goes">
        <h2 id="erase-goes">{t('erasure.goes')}</h2>
        {look.record && <Line line={look.record} />}
        <ul className="erasure-list">
          <li>
            {t('erasure.records', { count: look.records })}
            {first && last && `, ${t('client.period', { first: dateOf(first), last: dateOf(last) })}`}
          </li>
          {beside.map(({ room, count }) => (
            <li key={room}>{t('erasure.beside', { what: t(`erasure.room.${room}` as never), count })}</li>
          ))}
          <li>{t('erasure.entries', { entries: look.entries, objects: look.objects })}</li>
        </ul>
        {beside.length > 0 && <p className="small quiet">{t('erasure.besideWhy')}</p>}
      </section>
      {(look.sharedCount > 0 || also.length > 0) && <Shared look={look} also={also} onAlso={onAlso} />}
      <section className="section" aria-labelledby="erase-stays">
        <h2 id="erase-stays">{t('erasure.stays')}</h2>
        <ul className="erasure-list">
          <li>{t('erasure.staysNumbers')}</li>
          <li>{t('erasure.staysOut')}</li>
          <li>{t('erasure.staysBackups')}</li>
          {look.runsThatStay > 0 && <li>{t('erasure.staysRuns', { count: look.runsThatStay })}</li>}
        </ul>
      </section>
    </>
  );
}

/** Records that others are in too: each stays unless it is ticked. */
function Shared({ look, also, onAlso }: Choosing) {
  const seen = new Map(look.shared.flatMap((line) => (line ? [[line.id, line] as const] : [])));
  const toggle = (id: string) => onAlso(also.includes(id) ? also.filter((one) => one !== id) : [...also, id]);
  return (
    <section className="section" aria-labelledby="erase-shared">
      <h2 id="erase-shared">{t('erasure.shared')}</h2>
      <p className="small quiet">{t('erasure.sharedWhat', { count: look.sharedCount })}</p>
      <ul className="sheet lines">
        {[...seen.values()].map((line) => (
          <li key={line.id} className="line-block">
            <label className="check">
              <input type="checkbox" checked={also.includes(line.id)} onChange={() => toggle(line.id)} />
              <Line line={line} />
            </label>
          </li>
        ))}
        {also
          .filter((id) => !seen.has(id))
          .map((id) => (
            <li key={id} className="line-block">
              <label className="check">
                <input type="checkbox" checked onChange={() => toggle(id)} />
                <Link to="/interactions/$interactionId" params={{ interactionId: id }}>
                  {t('erasure.chosen')}
                </Link>
              </label>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Line({ line }: { line: NonNullable<ErasedLine> }) {
  return (
    <span className="erasure-line">
      <span className="small quiet">
        {dateOf(line.at)} · {[line.from, ...line.parties].filter(Boolean).join(' · ')}
      </span>
      <span>{line.subject ?? line.lead}</span>
    </span>
  );
}
