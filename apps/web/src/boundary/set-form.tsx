import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { suggestionsQuery, termsQuery } from '../agreement/agreement.queries.ts';
import { inLang, kindSays, langNow, WAYS } from '../agreement/clause-words.ts';
import { DoForm } from '../agreement/do-form.tsx';
import { setBoundary } from '../generated/sdk.gen.ts';
import { language, t } from '../words/t.ts';
import type { Ladder } from './boundary.queries.ts';

/** A rule: the clause it stands on, what it is called, and the ladder that is gone when it is crossed. */
export function SetForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const terms = useQuery({ ...termsQuery(partyId), throwOnError: true }).data;
  const ladders = useQuery({ ...suggestionsQuery, throwOnError: true }).data?.ladders ?? [];
  const [clauseId, setClauseId] = useState('');
  const [says, setSays] = useState('');
  const [chosen, setChosen] = useState(0);
  const [edited, setEdited] = useState<Ladder | null>(null);
  const lang = langNow(language.use().tag);
  const clauses = (terms?.agreements ?? [])
    .filter(({ state }) => state === 'open')
    .flatMap((agreement) => agreement.clauses)
    .filter(({ state }) => state !== 'withdrawn');
  const clause = clauses.find(({ id }) => id === clauseId);
  const fitting = ladders.filter(({ serves }) => clause && serves.includes(clause.kind));
  const suggested = fitting[chosen] ?? fitting[0];
  const ladder = edited ?? (suggested && plain(suggested));
  return (
    <div className="sheet">
      <h2 className="answer-head">{t('boundary.set')}</h2>
      {terms && clauses.length === 0 && <p className="answer-none quiet">{t('boundary.clauseFirst')}</p>}
      <DoForm
        says={t('boundary.set')}
        doneSays={t('boundary.isSet')}
        act={() => setBoundary({ path: { id: partyId }, body: { clauseId, says, ladder: ladder! } })}
        onDone={onDone}
        onCancel={onDone}
        lacks={clause && ladder && says.trim() !== '' ? null : t('boundary.setNeeds')}
      >
        <label>
          {t('boundary.clause')}
          <select
            value={clauseId}
            onChange={(event) => {
              setClauseId(event.currentTarget.value);
              setEdited(null);
              setChosen(0);
            }}
          >
            <option value="">{t('cite.choose')}</option>
            {clauses.map((one) => (
              <option key={one.id} value={one.id}>
                {`${t('clause.head', { number: one.number, kind: kindSays(one.kind) })}: ${one.says.slice(0, 60)}`}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('boundary.says')}
          <input value={says} onChange={(event) => setSays(event.currentTarget.value)} />
        </label>
        {fitting.length > 1 && (
          <label>
            {t('boundary.ladder')}
            <select
              value={chosen}
              onChange={(event) => {
                setChosen(Number(event.currentTarget.value));
                setEdited(null);
              }}
            >
              {fitting.map((one, at) => (
                <option key={inLang(one.says, 'en')} value={at}>
                  {inLang(one.says, lang)}
                </option>
              ))}
            </select>
          </label>
        )}
        {ladder && <LadderFields ladder={ladder} onChange={setEdited} />}
      </DoForm>
    </div>
  );
}

/** What is suggested, without whom it is for. */
function plain({ says, rungs, appeal }: Ladder): Ladder {
  return { says, rungs, appeal };
}

/** The rungs with their texts, to be changed before they are set. */
function LadderFields({ ladder, onChange }: { ladder: Ladder; onChange: (ladder: Ladder) => void }) {
  const lang = langNow(language.use().tag);
  const change = (at: number, part: Partial<Ladder['rungs'][number]>) =>
    onChange({ ...ladder, rungs: ladder.rungs.map((rung, i) => (i === at ? { ...rung, ...part } : rung)) });
  return ladder.rungs.map((rung, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a rung is known by where it stands.
    <details key={at} className="do-clause">
      <summary>
        {at + 1}. {inLang(rung.says, lang)}
      </summary>
      <label>
        {t('boundary.text')}
        <textarea
          rows={7}
          value={rung.text[lang] ?? ''}
          onChange={(event) => change(at, { text: { ...rung.text, [lang]: event.currentTarget.value } })}
        />
      </label>
      <label>
        {t('boundary.reviewDays')}
        <input
          type="number"
          min={1}
          max={366}
          value={rung.reviewDays}
          onChange={(event) => change(at, { reviewDays: Number(event.currentTarget.value) })}
        />
      </label>
      <fieldset className="do-days">
        <legend>{t('boundary.leavesOpen')}</legend>
        {WAYS.map((way) => (
          <label key={way} className="do-check">
            <input
              type="checkbox"
              checked={rung.leavesOpen.includes(way)}
              onChange={() => change(at, { leavesOpen: toggled(rung.leavesOpen, way) })}
            />
            {t(`clause.way-${way}`)}
          </label>
        ))}
      </fieldset>
      {at === ladder.rungs.length - 1 ? null : (
        <button
          type="button"
          className="link-button small"
          onClick={() => onChange({ ...ladder, rungs: ladder.rungs.filter((_, i) => i !== at) })}
        >
          {t('boundary.removeRung')}
        </button>
      )}
    </details>
  ));
}

function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((each) => each !== one) : [...all, one];
}
