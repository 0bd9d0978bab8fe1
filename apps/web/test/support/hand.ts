import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** How somebody does things on a page; each way reaches everything, or the test that uses it fails. */
export type Hand = {
  /** Presses a button, a link, a fold. */
  readonly press: (target: Locator) => Promise<void>;
  readonly write: (field: Locator, words: string) => Promise<void>;
  /** @param date 2026-05-12 */
  readonly writeDate: (field: Locator, date: string) => Promise<void>;
  /** Chooses an entry of a list by its value. */
  readonly choose: (list: Locator, value: string) => Promise<void>;
  /** One of a few, or a box that is ticked. */
  readonly check: (box: Locator) => Promise<void>;
  /** Marks words in a field that is only read. */
  readonly markIn: (field: Locator, words: string) => Promise<void>;
  /** Uses the key where there are keys, and otherwise what can be pressed instead. */
  readonly keyOr: (key: string, target: Locator) => Promise<void>;
};

export function mouse(): Hand {
  return pointing((target) => target.click());
}

/** A finger; it has no keys, and nothing that only shows under a pointer. */
export function touch(): Hand {
  return pointing((target) => target.tap());
}

function pointing(press: (target: Locator) => Promise<void>): Hand {
  const write = async (field: Locator, words: string) => {
    await press(field);
    await field.fill(words);
  };
  return {
    press,
    write,
    writeDate: (field, date) => field.fill(date),
    choose: async (list, value) => void (await list.selectOption(value)),
    check: async (box) => {
      if (!(await box.isChecked())) await press(box);
    },
    markIn: async (field, words) => {
      const start = await placeIn(field, words);
      await field.evaluate(
        (element: HTMLTextAreaElement, [from, until]) => {
          element.focus();
          element.setSelectionRange(from, until);
        },
        [start, start + words.length] as const,
      );
    },
    keyOr: (_key, target) => press(target),
  };
}

/** Keys and nothing else: Tab to a control, then what a keyboard does with it. */
export function keyboard(page: Page): Hand {
  const { keyboard: keys } = page;
  const times = async (key: string, count: number) => {
    for (let i = 0; i < count; i += 1) await keys.press(key);
  };
  return {
    press: async (target) => {
      await reach(page, target);
      await keys.press('Enter');
    },
    write: async (field, words) => {
      await reach(page, field);
      await keys.press('Control+a');
      await keys.insertText(words);
    },
    writeDate: async (field, date) => {
      await reach(page, field);
      const [year, month, day] = date.split('-');
      // The order of the parts is the browser's own.
      for (const digits of [`${month}${day}${year}`, `${day}${month}${year}`]) {
        await keys.type(digits);
        if ((await field.inputValue()) === date) return;
        await times('ArrowLeft', 2);
      }
      throw new Error(`The date ${date} could not be typed.`);
    },
    choose: async (list, value) => {
      await list.locator(`option[value="${value}"]`).waitFor({ state: 'attached' });
      await reach(page, list);
      const by = await list.evaluate((element: HTMLSelectElement, wanted) => {
        const options = [...element.options];
        return options.findIndex((option) => option.value === wanted) - element.selectedIndex;
      }, value);
      await times(by > 0 ? 'ArrowDown' : 'ArrowUp', Math.abs(by));
      await expect.poll(() => list.inputValue()).toBe(value);
    },
    check: (box) => checkByKeys(page, box),
    markIn: async (field, words) => {
      const before = await placeIn(field, words);
      await reach(page, field);
      await keys.press('Control+Home');
      await times('ArrowRight', before);
      await times('Shift+ArrowRight', words.length);
    },
    keyOr: async (key) => keys.press(key),
  };
}

/** Where words stand in a field, once its text has come. */
async function placeIn(field: Locator, words: string): Promise<number> {
  const place = async () => (await field.inputValue()).indexOf(words);
  await expect.poll(place, { timeout: 30_000 }).toBeGreaterThanOrEqual(0);
  return place();
}

const MOST_TABS = 250;

/** Tabs to a control from wherever the focus is, backwards when it lies behind; buttons of a group are one stop. */
async function reach(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const at = await target.evaluate(whereFrom);
    if (at === 'here') return;
    await page.keyboard.press(at === 'behind' ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Tab never comes to ${target}.`);
}

/** In the page: where a control lies, seen from the focus. */
function whereFrom(element: Element): 'here' | 'ahead' | 'behind' {
  const active = document.activeElement;
  const { type, name } = element as HTMLInputElement;
  const isOfGroup = type === 'radio' && active?.matches(`input[type=radio][name="${CSS.escape(name)}"]`);
  if (active === element || isOfGroup) return 'here';
  if (!active || active === document.body) return 'ahead';
  return element.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING ? 'behind' : 'ahead';
}

/** Arrows walk within a group of radio buttons, and choose as they walk. */
async function checkByKeys(page: Page, box: Locator): Promise<void> {
  await reach(page, box);
  const steps = await box.evaluate((element: HTMLInputElement) => {
    const all = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
    return element.type === 'radio' ? all.indexOf(element) - all.indexOf(document.activeElement!) : 0;
  });
  for (let i = 0; i < Math.abs(steps); i += 1) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
  if (!(await box.isChecked())) await page.keyboard.press('Space');
}
