import { mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('cloud');
mkdirSync('auth');
writeFileSync('cloud/main.js', "Parse.Cloud.define('hello', () => 'Hello!');\n");
writeFileSync(
  'auth/mine.js',
  'module.exports = { validateAuthData: async () => {}, validateAppId: async () => {} };\n',
);
