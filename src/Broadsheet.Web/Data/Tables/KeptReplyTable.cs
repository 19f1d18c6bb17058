using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class KeptReplyTable : IEntityTypeConfiguration<KeptReply>
{
    public void Configure(EntityTypeBuilder<KeptReply> table)
    {
        table.ToTable("kept_words");
        table.HasIndex(k => k.ExpiresAt);
    }
}
