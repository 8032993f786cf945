import { useEffect, useState } from 'preact/hooks';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'bellhop.theme';
const CHANGED = 'bellhop-theme';

/** The theme that was chosen on this device. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  showTheme();
  dispatchEvent(new Event(CHANGED));
}

/** Has the styles follow the chosen theme. */
export function showTheme(): void {
  const theme = chosenTheme();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Whether the page is dark, by what was chosen or by what the system asks for. */
export function useDark(): boolean {
  const query = '(prefers-color-scheme: dark)';
  const read = () => {
    const theme = chosenTheme();
    return theme === 'system' ? matchMedia(query).matches : theme === 'dark';
  };
  const [dark, setDark] = useState(read);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setDark(read());
    follow();
    list.addEventListener('change', follow);
    addEventListener(CHANGED, follow);
    return () => {
      list.removeEventListener('change', follow);
      removeEventListener(CHANGED, follow);
    };
  }, []);
  return dark;
}
