import { type ClipboardEvent, useState } from 'react';
import { t } from '../words/t.ts';
import { noteDown } from './live.state.ts';
import { quoteField } from './quote.state.ts';
import { ShotForm } from './shot-form.tsx';

const canPaste = () => typeof navigator.clipboard?.readText === 'function';

/** Their words: typed, pasted with one tap, or as a picture of the chat. */
export function QuoteField() {
  const quote = quoteField.use();
  const [picture, setPicture] = useState<Blob | null>(null);
  const [isRefused, setRefused] = useState(false);
  const note = async (said: string) => {
    if (said.trim() !== '') await noteDown({ text: `${t('live.quote')}.`, quotes: [said] });
  };
  const paste = async () => {
    const said = await navigator.clipboard.readText().catch(() => null);
    setRefused(said === null || said.trim() === '');
    if (said !== null) await note(said);
  };
  const pasted = (event: ClipboardEvent) => {
    const image = [...event.clipboardData.files].find(({ type }) => type.startsWith('image/'));
    if (!image) return;
    event.preventDefault();
    setPicture(image);
  };
  if (picture) return <ShotForm picture={picture} onDone={() => setPicture(null)} />;
  return (
    <div className="live-quote">
      <textarea
        rows={1}
        aria-label={t('live.quoteField')}
        placeholder={t('live.quoteField')}
        value={quote}
        onChange={(event) => quoteField.set(event.currentTarget.value)}
        onPaste={pasted}
      />
      <button
        type="button"
        className="live-small"
        aria-label={t('live.noteQuote')}
        disabled={quote.trim() === ''}
        onClick={() => void note(quoteField.take())}
      >
        +
      </button>
      {canPaste() && (
        <button type="button" className="live-small" onClick={() => void paste()}>
          {t('live.paste')}
        </button>
      )}
      <label className="live-small live-choose">
        {t('live.shotPick')}
        <input
          className="unseen"
          type="file"
          accept="image/*"
          onChange={(event) => {
            setPicture(event.currentTarget.files?.[0] ?? null);
            event.currentTarget.value = '';
          }}
        />
      </label>
      {isRefused && (
        <p className="small quiet live-wide" role="alert">
          {t('live.pasteRefused')}
        </p>
      )}
    </div>
  );
}
