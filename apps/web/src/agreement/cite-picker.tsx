import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { RecordChoice } from '../interaction/record-choice.tsx';
import { TextToMark } from '../interaction/text-to-mark.tsx';
import { t } from '../words/t.ts';
import { citeIn, heldCite } from './held-cite.ts';
import type { Cite } from './shapes.ts';

type Picking = {
  partyId: string;
  /** Whose words are meant; both sides' when it does not matter. */
  side?: 'theirs' | 'ours' | undefined;
  says: string;
  cite: Cite | null;
  onPick: (cite: Cite | null) => void;
};

const LONGEST = 4000;

/** Words of the record: choose a message, then select the words in it. Without a selection all of it is quoted. */
export function CitePicker({ partyId, side, says, cite, onPick }: Picking) {
  const held = heldCite.use();
  if (cite)
    return (
      <div className="cite-picked">
        <span className="small">{says}</span>
        <q>{cite.quote}</q>
        <button type="button" className="link-button small" onClick={() => onPick(null)}>
          {t('cite.other')}
        </button>
      </div>
    );
  return (
    <div className="cite-picker stack">
      {held && (
        <button type="button" className="link-button" onClick={() => onPick(held)}>
          {t('cite.held', { words: held.quote.slice(0, 80) })}
        </button>
      )}
      <MessageChoice partyId={partyId} side={side} says={says} onPick={onPick} />
    </div>
  );
}

function MessageChoice({ partyId, side, says, onPick }: Omit<Picking, 'cite'>) {
  const [id, setId] = useState('');
  return (
    <>
      <RecordChoice
        partyId={partyId}
        side={side}
        says={says}
        chooseSays={t('cite.choose')}
        chosen={id}
        onChoose={setId}
      />
      {id !== '' && <WordsChoice key={id} id={id} onPick={onPick} />}
    </>
  );
}

function WordsChoice({ id, onPick }: { id: string; onPick: (cite: Cite) => void }) {
  const message = useQuery({ ...interactionQuery(id), throwOnError: true }).data;
  const [selected, setSelected] = useState('');
  const box = useId();
  if (!message) return <p className="quiet">{t('list.loading')}</p>;
  const { text, quotedFrom } = message;
  // What was quoted below is somebody else's.
  const own = text.slice(0, quotedFrom ?? text.length).trim();
  const quote = () => {
    const cite = citeIn(id, text, (selected.trim() || own).slice(0, LONGEST));
    if (cite) onPick(cite);
  };
  return (
    <>
      <label htmlFor={box}>{t('cite.select')}</label>
      <TextToMark
        id={box}
        rows={6}
        text={text}
        onMark={(start, end) => setSelected(asShown(text).slice(start, end))}
      />
      <button type="button" className="action" onClick={quote}>
        {selected.trim() === '' ? t('cite.all') : t('cite.quoteSelected')}
      </button>
    </>
  );
}

/** A field counts each line break as one unit, whatever stands in the record. */
function asShown(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Words that were quoted, leading to where they stand. */
export function CiteLink({ partyId, cite }: { partyId: string; cite: Cite }) {
  return (
    <Link
      to="/clients/$partyId/interactions/$interactionId"
      params={{ partyId, interactionId: cite.interactionId }}
    >
      <q>{cite.quote}</q>
    </Link>
  );
}
