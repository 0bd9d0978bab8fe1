import { Checkbox } from '@mantine/core';
import type { Correspondent } from '../api/shapes.ts';
import { Address } from '../words/address.tsx';
import { addressShown } from '../words/address-shown.ts';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

type Line = {
  one: Correspondent;
  isPicked: boolean;
  isMine: boolean;
  onPick: () => void;
  onClaim: () => void;
};

export function CorrespondentLine({ one, isPicked, isMine, onPick, onClaim }: Line) {
  const { name, address, platform, count, first, last } = one;
  const who = name ?? address;
  return (
    <tr className={isPicked ? 'is-picked' : undefined}>
      <td>
        <Checkbox
          checked={isPicked}
          disabled={isMine}
          onChange={onPick}
          aria-label={t('survey.pick', { who })}
        />
      </td>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box before it is the one for keys */}
      <td className="cell-who" onClick={isMine ? undefined : onPick}>
        <span className="cell-name">{who}</span>
        {(name || platform) && (
          <span className="quiet small cell-address">
            {platform && <span className="kind-tag">{named('platform', platform)}</span>}{' '}
            {name && <Address says={addressShown(address)} />}
          </span>
        )}
      </td>
      <td className="cell-number number">{number(count)}</td>
      <td className="cell-date number quiet">{first ? dateOf(first) : ''}</td>
      <td className="cell-date number quiet">{last ? dateOf(last) : ''}</td>
      <td>
        <button
          type="button"
          className={isMine ? 'mine mine-on' : 'mine'}
          aria-pressed={isMine}
          aria-label={t('survey.claim', { who })}
          onClick={onClaim}
        >
          {t('survey.me')}
        </button>
      </td>
    </tr>
  );
}
