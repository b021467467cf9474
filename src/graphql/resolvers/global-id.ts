const encode = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const decode = (text: string): string => {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  } catch {
    return '';
  }
};

/** The Relay id of an object: `_User:objectId` in base 64. */
export const toGlobalId = (className: string, objectId: string): string => encode(`${className}:${objectId}`);

/** What a Relay id stands for; both parts are empty for other text. */
export const fromGlobalId = (globalId: string): { className: string; objectId: string } => {
  const text = decode(globalId);
  const colon = text.indexOf(':');
  return colon === -1
    ? { className: '', objectId: '' }
    : { className: text.slice(0, colon), objectId: text.slice(colon + 1) };
};

/** The object id behind an argument that may be a Relay id of the class or an object id. A Relay id of another class is neither. */
export const toObjectId = (id: string, className: string): string => {
  const global = fromGlobalId(id);
  return global.className === className ? global.objectId : id;
};
