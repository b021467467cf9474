/** Whether Parse takes the text for an address: `.+@.+`, an @ with something on both sides in one line, and no more than that. */
export const isEmail = (text: string): boolean => /^.[^@\n\r\u2028\u2029]*@.+$/.test(text);
