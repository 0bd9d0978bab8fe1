import type { PhonePairing } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { Address, isHere } from './address.tsx';
import { QrCode } from './qr-code.tsx';

type Given = { pairing: PhonePairing; address: string | null; onLook: () => void };

/** Where the phone goes and with which code; how it can get there, when it cannot. */
export function PairingCode({ pairing, address, onLook }: Given) {
  const from = address ?? (isHere() ? null : location.origin);
  return (
    <div className="sheet stack phones-code" role="status">
      {from === null ? (
        <NoWay />
      ) : (
        <>
          <p>{t('phones.openThere')}</p>
          <QrCode url={`${from}/live#code=${pairing.code}`} />
          <Address url={`${from}/live#code=${pairing.code}`} says={t('phones.openThere')} />
          {!from.startsWith('https://') && <p className="notice small">{t('phones.notSecure')}</p>}
        </>
      )}
      <p>
        {t('phones.orType')} <strong className="mono phones-letters">{pairing.code}</strong>
      </p>
      <p className="quiet small">{t('phones.until', { time: timeOf(pairing.until) })}</p>
      <p>
        <button type="button" className="action" onClick={onLook}>
          {t('phones.done')}
        </button>
      </p>
      <Ways />
    </div>
  );
}

function NoWay() {
  return <p className="notice">{t('phones.noWay')}</p>;
}

function Ways() {
  return (
    <details>
      <summary className="small">{t('phones.ways')}</summary>
      <ul className="stack small phones-ways">
        <li>
          {t('phones.wayTunnel')} <code>{t('phones.commandTunnel')}</code>
        </li>
        <li>{t('phones.wayProxy')}</li>
        <li>
          {t('phones.wayPlain')} <code>{t('phones.commandPlain')}</code>
        </li>
      </ul>
    </details>
  );
}
