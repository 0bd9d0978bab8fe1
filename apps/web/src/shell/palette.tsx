import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { partiesQuery } from '../clients/clients.queries.ts';
import { t } from '../words/t.ts';
import { Over } from './over.tsx';
import { type Choice, useChoices } from './palette.choices.ts';

/** Everything that can be done or opened, by its words. */
export function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const found = useQuery(partiesQuery(useDeferredValue(words), 6)).data?.items ?? [];
  const choices = useChoices(words, found, onKeys);
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const press = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((now) => (now + step + choices.length) % Math.max(1, choices.length));
    else if (event.key === 'Enter') take(choices[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Over label={t('palette.title')} onClose={onClose}>
      <input
        className="palette-input"
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={choices[at]?.id}
        aria-label={t('palette.title')}
        placeholder={t('palette.hint')}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label={t('palette.title')}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          <div
            key={choice.id}
            id={choice.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-choice"
            ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => take(choice)}
          >
            <span>{choice.says}</span>
            <span className="quiet small">{choice.kind}</span>
          </div>
        ))}
      </div>
    </Over>
  );
}
