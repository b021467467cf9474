/** No server is behind the link of a mail here: it leads to this page, which a new tab can open. */
const toPage = (link) => {
  const { pathname, search } = new URL(link);
  return new URL(`#${pathname.split('/').at(-1)}${search}`, location.href).href;
};

/** Prints each mail in the page's console, as a server does in its terminal. */
export const printMail = (emulator) =>
  emulator.watch((event) => {
    if (event.kind !== 'mail') return;
    const { to, subject, link } = event.mail;
    console.info(`Mail to ${to}: ${subject}\n  ${toPage(link)}`);
  });

/** The link of a mail that this tab was opened with: `{ page, token }`; undefined for any other visit. */
export const openedLink = () => {
  const [page, query] = location.hash.slice(1).split('?');
  const token = new URLSearchParams(query).get('token');
  return token === null ? undefined : { page, token };
};
