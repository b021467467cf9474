import content from './content.css?inline';
import controls from './controls.css?inline';
import overlays from './overlays.css?inline';
import screens from './screens.css?inline';
import shell from './shell.css?inline';
import table from './table.css?inline';
import tokens from './tokens.css?inline';

const added = new WeakSet<Document>();

/** Gives a document a style sheet, without an element that a Content-Security-Policy could forbid. */
export const addStyle = (css: string, to: Document = document): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  to.adoptedStyleSheets = [...to.adoptedStyleSheets, sheet];
};

/** Gives a document the style of the console, once. */
export const addStyles = (to: Document = document): void => {
  if (added.has(to)) return;
  added.add(to);
  addStyle([tokens, controls, content, table, overlays, shell, screens].join('\n'), to);
};
