import { emulatorTasks } from './cypress/emulator-tasks.js';

export default {
  e2e: {
    baseUrl: 'http://localhost:5173',
    setupNodeEvents(on) {
      on('task', emulatorTasks());
    },
  },
};
