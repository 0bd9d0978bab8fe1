import { size } from '../words/how-much.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { Meter } from './meter.tsx';
import type { Parcel } from './uploads.ts';

const SHOWN = 8;

/** What has been brought; of many files the whole is told, and those that could not be sent. */
export function ParcelList({ parcels }: { parcels: readonly Parcel[] }) {
  const total = parcels.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sent = parcels.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  const arrived = parcels.filter(({ upload }) => upload).length;
  const failed = parcels.filter(({ error }) => error);
  const shown = [...failed, ...parcels.filter(({ error }) => !error)].slice(0, SHOWN);
  return (
    <section className="sheet parcels" aria-label={t('parcels.label')}>
      <div className="row parcels-sum">
        <strong>{t('parcels.count', { count: parcels.length })}</strong>
        <span className="quiet number">{t('parcels.sent', { sent: size(sent), total: size(total) })}</span>
      </div>
      {arrived < parcels.length && <Meter value={sent} of={total} label={t('parcels.label')} />}
      <ul className="small">
        {shown.map(({ key, name, sizeBytes, error }) => (
          <li key={key} className="parcel">
            <span className="parcel-name">{name}</span>
            <span className="quiet number">{size(sizeBytes)}</span>
            {error !== undefined && <span className="parcel-error">{problemWords(error)}</span>}
          </li>
        ))}
        {parcels.length > SHOWN && (
          <li className="quiet">{t('parcels.more', { count: parcels.length - shown.length })}</li>
        )}
      </ul>
    </section>
  );
}
