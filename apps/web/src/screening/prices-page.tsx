import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DoForm } from '../agreement/do-form.tsx';
import { DecidersOnly } from '../casefile/act.tsx';
import { setPriceSheet } from '../generated/sdk.gen.ts';
import type { PriceSheet } from '../generated/types.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { t } from '../words/t.ts';
import { priceSays } from './price-says.ts';
import { priceSheetQuery } from './screening.queries.ts';
import { ScreeningTabs } from './screening-tabs.tsx';

type Line = {
  readonly key: string;
  readonly id: string | null;
  readonly service: string;
  readonly price: string;
  /** A currency, or `%`. */
  readonly unit: string;
};

const UNITS = ['%', 'EUR', 'USD', 'GBP', 'RUB', 'SEK'] as const;

/** What a service costs on top. There is a line for what is asked for, and none for who asks. */
export function PricesPage() {
  const sheet = useQuery({ ...priceSheetQuery, throwOnError: true });
  if (!sheet.data) return null;
  return (
    <div className="page stack">
      <ScreeningTabs says={t('price.title')} />
      <p className="small quiet">{t('price.note')}</p>
      <ul className="sheet lines">
        {sheet.data.items.map((line) => (
          <li key={line.id} className="line-block">
            {line.service}: {priceSays(line)}
          </li>
        ))}
        {sheet.data.items.length === 0 && <li className="line-block quiet">{t('price.none')}</li>}
      </ul>
      <DecidersOnly>
        <div className="sheet">
          <SheetForm key={sheet.dataUpdatedAt} sheet={sheet.data} />
        </div>
      </DecidersOnly>
    </div>
  );
}

function SheetForm({ sheet }: { sheet: PriceSheet }) {
  const [lines, setLines] = useState<readonly Line[]>(() => linesOf(sheet));
  const change = (key: string, part: Partial<Line>) =>
    setLines((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const add = (service: string) =>
    setLines((now) => [
      ...now,
      { key: `new ${now.length} ${service}`, id: null, service, price: '', unit: '%' },
    ]);
  const act = () => setPriceSheet({ body: { items: lines.map(wishOf) } });
  const offered = sheet.suggestions
    .map(inReaders)
    .filter((says) => !lines.some(({ service }) => service === says));
  return (
    <DoForm says={t('price.keep')} doneSays={t('price.kept')} act={act} onDone={() => {}}>
      {lines.map((line) => (
        <fieldset key={line.key} className="screening-fields price-line">
          <label className="field">
            {t('price.service')}
            <input
              value={line.service}
              onChange={(event) => change(line.key, { service: event.currentTarget.value })}
              required
            />
          </label>
          <label className="field">
            {t('price.onTop')}
            <input
              inputMode="decimal"
              value={line.price}
              onChange={(event) => change(line.key, { price: event.currentTarget.value.replace(',', '.') })}
              required
            />
          </label>
          <label className="field">
            {t('price.unit')}
            <select
              value={line.unit}
              onChange={(event) => change(line.key, { unit: event.currentTarget.value })}
            >
              {[...new Set([...UNITS, line.unit])].map((unit) => (
                <option key={unit} value={unit}>
                  {unit}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="link-button small"
            onClick={() => setLines((now) => now.filter(({ key }) => key !== line.key))}
          >
            {t('price.remove')}
          </button>
        </fieldset>
      ))}
      <div className="row small">
        <button type="button" className="link-button" onClick={() => add('')}>
          {t('price.add')}
        </button>
        {offered.map((says) => (
          <button key={says} type="button" className="link-button" onClick={() => add(says)}>
            + {says}
          </button>
        ))}
      </div>
    </DoForm>
  );
}

function linesOf({ items }: PriceSheet): readonly Line[] {
  return items.map(({ id, service, percent, amount, currency }) => ({
    ...{ key: id, id, service },
    ...{ price: percent ?? amount ?? '', unit: currency ?? '%' },
  }));
}

function wishOf({ id, service, price, unit }: Line) {
  const part = unit === '%' ? { percent: price } : { amount: price, currency: unit };
  return { id, service, ...part };
}
