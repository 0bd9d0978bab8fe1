import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DoForm } from '../agreement/do-form.tsx';
import { openScreening } from '../generated/sdk.gen.ts';
import { localNow, WAYS, type Way, withOffset } from '../paste/paste.ts';
import { clockNow } from '../words/clock.ts';
import { t } from '../words/t.ts';

const HOW = ['pasted', 'noted'] as const;

/** Who asks, how they can be reached, and their words; kept as a record with its date. */
export function NewInquiry({ isOpen }: { isOpen: boolean }) {
  const [isWriting, setWriting] = useState(false);
  if (!isWriting && !isOpen)
    return (
      <div className="row">
        <button type="button" className="action" onClick={() => setWriting(true)}>
          {t('screening.new')}
        </button>
      </div>
    );
  return <InquiryForm onCancel={() => setWriting(false)} />;
}

function InquiryForm({ onCancel }: { onCancel: () => void }) {
  const [wish, setWish] = useState(() => ({
    ...{ name: '', reach: '', text: '', at: localNow(clockNow()) },
    ...{ way: 'mail' as Way, how: 'pasted' as (typeof HOW)[number] },
  }));
  const navigate = useNavigate();
  const change = (part: Partial<typeof wish>) => setWish((now) => ({ ...now, ...part }));
  const open = async () => {
    const { name, reach, text, at, way, how } = wish;
    const identifiers = reach.split('\n').filter((line) => line.trim() !== '');
    const made = await openScreening({
      body: { name, identifiers, text, at: withOffset(at), way, how },
    });
    await navigate({ to: '/screening/$screeningId', params: { screeningId: made.id } });
  };
  return (
    <div className="sheet">
      <DoForm
        says={t('screening.keep')}
        doneSays={t('screening.kept')}
        act={open}
        onDone={onCancel}
        onCancel={onCancel}
      >
        <label className="field">
          {t('screening.who')}
          <input
            value={wish.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            required
          />
        </label>
        <label className="field">
          {t('screening.reach')}
          <textarea
            rows={2}
            value={wish.reach}
            placeholder={t('screening.reachHint')}
            onChange={(event) => change({ reach: event.currentTarget.value })}
          />
        </label>
        <label className="field">
          {t('screening.words')}
          <textarea
            rows={7}
            dir="auto"
            value={wish.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            required
          />
        </label>
        <div className="screening-fields">
          <label className="field">
            {t('screening.when')}
            <input
              type="datetime-local"
              value={wish.at}
              onChange={(event) => change({ at: event.currentTarget.value })}
              required
            />
          </label>
          <label className="field">
            {t('paste.way')}
            <select value={wish.way} onChange={(event) => change({ way: event.currentTarget.value as Way })}>
              {WAYS.map((way) => (
                <option key={way} value={way}>
                  {t(`way.${way}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            {t('screening.how')}
            <select
              value={wish.how}
              onChange={(event) => change({ how: event.currentTarget.value as (typeof HOW)[number] })}
            >
              {HOW.map((how) => (
                <option key={how} value={how}>
                  {t(`screening.how-${how}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      </DoForm>
    </div>
  );
}
