import { Mime } from 'mime/lite';
import other from 'mime/types/other.js';
import standard from 'mime/types/standard.js';
import { once } from '../../parse/once.ts';

/** The table that Parse Server has, too; read when the first file comes, since a start must not pay for it. */
const table = once(() => new Mime(standard, other));

/** The media type that the end of a name stands for; undefined for an end that no type has. */
export const mediaTypeOf = (name: string): string | undefined => table().getType(name) ?? undefined;

/** The usual end of a name for a media type, without its dot; undefined for a type that has none. */
export const extensionFor = (mediaType: string): string | undefined => table().getExtension(mediaType) || undefined;
