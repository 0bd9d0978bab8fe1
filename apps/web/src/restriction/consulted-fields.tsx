import { t } from '../words/t.ts';

export type Consulted = { who: string; says: string };
export const NOBODY: Consulted = { who: '', says: '' };

type Given = { consulted: readonly Consulted[]; onChange: (consulted: readonly Consulted[]) => void };

/** Whoever it concerns was asked, and what each said. */
export function ConsultedFields({ consulted, onChange }: Given) {
  const change = (place: number, part: Partial<Consulted>) =>
    onChange(consulted.map((one, at) => (at === place ? { ...one, ...part } : one)));
  return (
    <>
      {consulted.map(({ who, says }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end, and have no other name
        <fieldset key={place} className="do-days stack">
          <legend className="unseen">{t('restriction.consultedNumber', { number: place + 1 })}</legend>
          <label>
            {t('restriction.consultedWho')}
            <input value={who} onChange={(event) => change(place, { who: event.currentTarget.value })} />
          </label>
          <label>
            {t('restriction.consultedSays')}
            <textarea
              rows={2}
              value={says}
              onChange={(event) => change(place, { says: event.currentTarget.value })}
            />
          </label>
        </fieldset>
      ))}
      <p>
        <button type="button" className="link-button" onClick={() => onChange([...consulted, NOBODY])}>
          {t('restriction.consultedMore')}
        </button>
      </p>
    </>
  );
}
