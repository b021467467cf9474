const COMMONJS = { plugins: ['@babel/plugin-transform-modules-commonjs'] };

/** Babel makes CommonJS of everything, also of the packages that come as ES modules alone. */
export default {
  transform: { '\\.[cm]?js$': ['babel-jest', COMMONJS] },
  transformIgnorePatterns: ['/node_modules/(?!.*\\.mjs$|(parse-users-emulator|bcryptjs|lowdb|until-async)/)'],
};
