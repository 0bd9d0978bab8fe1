const CHOICE = 'evenkeel.live-look';
const ATTRIBUTE = 'data-mantine-color-scheme';

/** Dark unless somebody chose otherwise: it lies beside a camera. */
export function startLook(): void {
  if (localStorage.getItem(CHOICE) === 'light') document.documentElement.setAttribute(ATTRIBUTE, 'light');
}

export function turnLook(): void {
  const next = document.documentElement.getAttribute(ATTRIBUTE) === 'light' ? 'dark' : 'light';
  document.documentElement.setAttribute(ATTRIBUTE, next);
  localStorage.setItem(CHOICE, next);
}
