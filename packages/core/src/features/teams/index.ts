export { addTeam, createTeam } from './actions.js';
export { findTeam, listTeamIds, listTeams, teamExists } from './repository.js';
export { NewTeam, Team } from './schema.js';
