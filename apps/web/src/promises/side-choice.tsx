import { useId } from 'react';
import { t } from '../words/t.ts';
import type { Side } from './promises.queries.ts';
import '../paste/paste.css';

type Choice = { side: Side; says: string; onChoose: (side: Side) => void };

export function SideChoice({ side, says, onChoose }: Choice) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{says}</legend>
      {(['theirs', 'ours'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name={name} checked={one === side} onChange={() => onChoose(one)} />
          {t(`promise.side.${one}`)}
        </label>
      ))}
    </fieldset>
  );
}
