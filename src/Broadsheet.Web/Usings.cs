global using Broadsheet.Core.Text;
