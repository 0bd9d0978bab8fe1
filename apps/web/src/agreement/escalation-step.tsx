import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { takeEscalationStep } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { language, t } from '../words/t.ts';
import { escalationWordsQuery } from './agreement.queries.ts';
import { CitePicker } from './cite-picker.tsx';
import { LANGS, langNow } from './clause-words.ts';
import { CopyText } from './copy-text.tsx';
import { DoForm } from './do-form.tsx';
import type { Cite, Escalation } from './shapes.ts';

type Next = { partyId: string; escalation: Escalation };

/** The step that comes next: its text, ready to be sent, and the form that records it with its proof. */
export function NextEscalationStep({ partyId, escalation }: Next) {
  const [open, setOpen] = useState<'words' | 'take' | null>(null);
  return (
    <>
      <p className="terms-actions">
        <button type="button" className="link-button" onClick={() => setOpen('words')}>
          {t('escalation.words')}
        </button>
        <button type="button" className="link-button" onClick={() => setOpen('take')}>
          {t('escalation.take')}
        </button>
      </p>
      {open === 'words' && <StepText id={escalation.id} />}
      {open === 'take' && <TakeForm partyId={partyId} escalation={escalation} onDone={() => setOpen(null)} />}
    </>
  );
}

function StepText({ id }: { id: string }) {
  const [lang, setLang] = useState(() => langNow(language.get().tag));
  const [until, setUntil] = useState('');
  const { data, error } = useQuery(escalationWordsQuery(id, lang, until));
  return (
    <div className="stack">
      <div className="do-pair">
        <label>
          {t('text.lang')}
          <select value={lang} onChange={(event) => setLang(event.currentTarget.value as typeof lang)}>
            {LANGS.map((one) => (
              <option key={one} value={one}>
                {t(`text.lang-${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('escalation.until')}
          <input
            type="date"
            value={until || (data?.until ?? '')}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </label>
      </div>
      {error && (
        <p className="notice" role="alert">
          {'code' in error && error.code === 'field-missing'
            ? t('escalation.untilNeeded')
            : problemWords(error)}
        </p>
      )}
      {data && <CopyText text={data.text} lang={lang} />}
    </div>
  );
}

function TakeForm({ partyId, escalation, onDone }: Next & { onDone: () => void }) {
  const { id, side, steps, taken, due } = escalation;
  const { step } = steps[taken]!;
  const [cite, setCite] = useState<Cite | null>(null);
  const [early, setEarly] = useState<Cite | null>(null);
  return (
    <DoForm
      says={t('escalation.take')}
      doneSays={t('escalation.takeDone')}
      act={() =>
        takeEscalationStep({ path: { id }, body: { step, proof: { kind: 'line', ...cite! }, early } })
      }
      onDone={onDone}
      onCancel={onDone}
      lacks={cite ? null : t('cite.needed')}
    >
      <CitePicker
        partyId={partyId}
        side={step === 'notice' ? side : undefined}
        says={t('escalation.proof')}
        cite={cite}
        onPick={setCite}
      />
      {taken > 0 && due && (
        <CitePicker
          partyId={partyId}
          side="theirs"
          says={t('escalation.earlyWords')}
          cite={early}
          onPick={setEarly}
        />
      )}
    </DoForm>
  );
}

/** A record that shows it as a whole. */
export function RecordLink({ partyId, interactionId }: { partyId: string; interactionId: string }) {
  return (
    <Link to="/clients/$partyId/interactions/$interactionId" params={{ partyId, interactionId }}>
      {t('escalation.record')}
    </Link>
  );
}
