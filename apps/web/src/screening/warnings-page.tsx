import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import { inLang, langNow } from '../agreement/clause-words.ts';
import { DoForm } from '../agreement/do-form.tsx';
import type { Cite } from '../agreement/shapes.ts';
import { DecidersOnly } from '../casefile/act.tsx';
import { partiesQuery } from '../clients/clients.queries.ts';
import { enterWarning } from '../generated/sdk.gen.ts';
import type { Warnings } from '../generated/types.gen.ts';
import { language, t } from '../words/t.ts';
import { warningsQuery } from './screening.queries.ts';
import { ScreeningTabs } from './screening-tabs.tsx';
import { WarningLines } from './warning-lines.tsx';

/** Entries in force, and those that match nothing any more and wait to be deleted. Nothing of it is shared. */
export function WarningsPage() {
  const found = useQuery({ ...warningsQuery(), throwOnError: true }).data;
  if (!found) return null;
  return (
    <div className="page stack">
      <ScreeningTabs says={t('warning.title')} />
      <p className="small quiet">{t('warning.note')}</p>
      <DecidersOnly>
        <NewWarning rules={found} />
      </DecidersOnly>
      {found.inForce.length === 0 && <p className="quiet">{t('warning.none')}</p>}
      {found.inForce.length > 0 && (
        <div className="sheet">
          <WarningLines warnings={found.inForce} acts />
        </div>
      )}
      {found.expired.length > 0 && (
        <section className="sheet">
          <h2 className="answer-head">{t('warning.expired')}</h2>
          <WarningLines warnings={found.expired} acts />
        </section>
      )}
    </div>
  );
}

function NewWarning({ rules }: { rules: Warnings }) {
  const [isWriting, setWriting] = useState(false);
  if (isWriting) return <WarningForm rules={rules} onDone={() => setWriting(false)} />;
  return (
    <div className="row">
      <button type="button" className="action" onClick={() => setWriting(true)}>
        {t('warning.new')}
      </button>
    </div>
  );
}

function WarningForm({ rules, onDone }: { rules: Warnings; onDone: () => void }) {
  const lang = langNow(language.use().tag);
  const [who, setWho] = useState('');
  const known = useQuery(partiesQuery(who, 20)).data?.items ?? [];
  const party = known.find(({ name }) => name === who);
  const [cite, setCite] = useState<Cite | null>(null);
  const [wish, setWish] = useState(() => ({
    ...{ reason: '', expiresOn: '', telling: '', tellOn: '' },
    basis: inLang(rules.basis.says, lang),
  }));
  const change = (part: Partial<typeof wish>) => setWish((now) => ({ ...now, ...part }));
  const telling = rules.tellings.find(({ id }) => id === wish.telling);
  const act = () =>
    enterWarning({ path: { id: party!.id }, body: { ...wish, tellOn: wish.tellOn || null, cite } });
  return (
    <div className="sheet">
      <DoForm
        says={t('warning.enter')}
        doneSays={t('warning.entered')}
        act={act}
        onDone={onDone}
        onCancel={onDone}
        lacks={party ? null : t('warning.whoNeeded')}
      >
        <label className="field">
          {t('warning.who')}
          <input
            list="warning-known"
            value={who}
            onChange={(event) => {
              setWho(event.currentTarget.value);
              setCite(null);
            }}
          />
        </label>
        <datalist id="warning-known">
          {known.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
        <label className="field">
          {t('warning.reason')}
          <select value={wish.reason} onChange={(event) => change({ reason: event.currentTarget.value })}>
            <option value="">{t('warning.choose')}</option>
            {rules.reasons.map(({ id, says }) => (
              <option key={id} value={id}>
                {inLang(says, lang)}
              </option>
            ))}
          </select>
        </label>
        {party && <CitePicker partyId={party.id} says={t('warning.quote')} cite={cite} onPick={setCite} />}
        <label className="field">
          {t('warning.basis')}
          <textarea
            rows={4}
            value={wish.basis}
            onChange={(event) => change({ basis: event.currentTarget.value })}
          />
          <span className="small quiet">{rules.basis.source}</span>
        </label>
        <label className="field">
          {t('warning.expires', { years: rules.mostYears })}
          <input
            type="date"
            value={wish.expiresOn}
            onChange={(event) => change({ expiresOn: event.currentTarget.value })}
          />
        </label>
        <label className="field">
          {t('warning.telling')}
          <select value={wish.telling} onChange={(event) => change({ telling: event.currentTarget.value })}>
            <option value="">{t('warning.choose')}</option>
            {rules.tellings.map(({ id, says }) => (
              <option key={id} value={id}>
                {inLang(says, lang)}
              </option>
            ))}
          </select>
          {telling && (
            <span className="small quiet">
              {telling.source} {!telling.verified && t('warning.unverified')}
            </span>
          )}
        </label>
        {telling?.when === 'given-date' && (
          <label className="field">
            {t('warning.tellOn')}
            <input
              type="date"
              value={wish.tellOn}
              onChange={(event) => change({ tellOn: event.currentTarget.value })}
            />
          </label>
        )}
      </DoForm>
    </div>
  );
}
