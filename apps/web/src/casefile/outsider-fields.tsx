import { t } from '../words/t.ts';
import { wordsOf } from './act.tsx';

/** Somebody outside who has looked, and the mail that shows it: its address here, or its id. */
export function OutsiderFields() {
  return (
    <details className="outsider">
      <summary className="small">{t('second.outsiderAsk')}</summary>
      <label className="field">
        {t('second.name')}
        <input name="outsider" maxLength={200} />
      </label>
      <label className="field">
        {t('second.proof')}
        <input name="proof" maxLength={300} />
      </label>
    </details>
  );
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=\/?$)/;

/** Reads them; the id may be copied with the whole address of the page that shows the mail. */
export function outsiderOf(fields: FormData): { name: string; proof: string } | null {
  const name = wordsOf(fields, 'outsider');
  const given = wordsOf(fields, 'proof');
  return name === '' && given === '' ? null : { name, proof: ID.exec(given)?.[0] ?? given };
}
