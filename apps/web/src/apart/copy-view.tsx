import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InteractionInPlace } from '../api/shapes.ts';
import type { Place } from '../points/find-words.ts';
import { selectedCite } from '../points/selected-cite.ts';
import { WordsByKey } from '../points/words-by-key.tsx';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { type CopyOrder, makeCopy, previewCopy } from './apart.queries.ts';
import { BlackedText, joined } from './blacked-text.tsx';
import { CopiesMade } from './copies-made.tsx';
import { CopyChoices } from './copy-choices.tsx';
import './apart.css';

/** Takes words out of a copy of this record; the record itself stays as it came. */
export function CopyView({ interaction }: { interaction: InteractionInPlace }) {
  const { row, text } = interaction;
  const [party, setParty] = useState(row.parties[0]?.id ?? null);
  if (party === null) return <p className="quiet">{t('copy.notFiled')}</p>;
  return (
    <div className="stack copy-view">
      <p className="small quiet">{t('copy.about')}</p>
      {row.parties.length > 1 && (
        <label className="privilege-choice">
          {t('copy.party')}
          <select value={party} onChange={(event) => setParty(event.currentTarget.value)}>
            {row.parties.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <CopiesMade id={row.id} party={party} />
      <CopyForm key={`${row.id}${party}${text.length}`} interaction={interaction} party={party} />
    </div>
  );
}

function CopyForm({ interaction, party }: { interaction: InteractionInPlace; party: string }) {
  const { row, text } = interaction;
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [order, setOrder] = useState<Pick<CopyOrder, 'use' | 'people' | 'files'> & { subject: boolean }>({
    ...{ use: 'everyone', people: [], files: [], subject: false },
  });
  const [reason, setReason] = useState('');
  const [byKey, setByKey] = useState(false);
  const queries = useQueryClient();
  const body = (): CopyOrder => ({
    ...{ party, reason, use: order.use, people: order.people, files: order.files, text: [...places] },
    subject: order.subject && row.subject ? [{ start: 0, end: row.subject.length }] : [],
  });
  const looking = useMutation({ mutationFn: () => previewCopy(row.id, body()) });
  const making = useMutation({
    mutationFn: () => makeCopy(row.id, body()),
    onSuccess: async () => {
      setPlaces([]);
      setReason('');
      looking.reset();
      toast(t('copy.made'));
      await queries.invalidateQueries();
    },
  });
  const change = (next: readonly Place[]) => {
    looking.reset();
    setPlaces(joined(next));
  };
  const takeSelected = () => {
    const chosen = selectedCite(row.id, text);
    if (!chosen) return toast(t('copy.selectFirst'));
    change([...places, { start: chosen.start, end: chosen.end }]);
    window.getSelection()?.removeAllRanges();
  };
  useKeys([
    { keys: 'X', says: 'keys.takeOut', run: takeSelected },
    { keys: 'i', says: 'keys.selectWords', run: () => setByKey(true) },
  ]);
  const error = making.error ?? looking.error;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
    >
      <p className="row small">
        <button type="button" className="action" onMouseDown={keepSelection} onClick={takeSelected}>
          {t('copy.take')} <KeyCap says="X" />
        </button>
        <button type="button" className="link-button" aria-pressed={byKey} onClick={() => setByKey(!byKey)}>
          {t('keys.selectWords')} <KeyCap says="i" />
        </button>
        {places.length > 0 && (
          <button type="button" className="link-button" onClick={() => change(places.slice(0, -1))}>
            {t('copy.undoLast')}
          </button>
        )}
        <span className="quiet">{t('copy.places', { count: places.length })}</span>
      </p>
      <div className="sheet copy-text">
        {text.trim() === '' ? (
          <p className="quiet">{t('readable.noText')}</p>
        ) : (
          <WordsByKey isOn={byKey} from={null} onLeave={() => setByKey(false)}>
            <BlackedText text={text} places={places} />
          </WordsByKey>
        )}
      </div>
      <CopyChoices interaction={interaction} value={order} onChange={(next) => setOrder(next)} />
      <TextInput
        label={t('copy.reason')}
        description={t('copy.reasonWhy')}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      {looking.data && <pre className="sheet copy-preview">{looking.data.text}</pre>}
      <div className="row">
        <Button type="submit" loading={making.isPending} disabled={reason.trim() === ''}>
          {t('copy.make')}
        </Button>
        <button
          type="button"
          className="link-button"
          disabled={reason.trim() === ''}
          {...staying(looking.isPending)}
          onClick={() => looking.mutate()}
        >
          {t('copy.preview')}
        </button>
      </div>
      <p className="small quiet">{t('copy.everywhere')}</p>
    </form>
  );
}

/** A press on the button must not take the selection away that it is about. */
function keepSelection(event: { preventDefault: () => void }): void {
  event.preventDefault();
}
