using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Broadsheet.Web.Data.Tables;

internal sealed class SignInTable : IEntityTypeConfiguration<SignInRequest>
{
    public void Configure(EntityTypeBuilder<SignInRequest> table)
    {
        table.ToTable("sign_in_requests");
        // How often did this address get such a mail of late.
        table.HasIndex(r => new { r.EmailFolded, r.AskedAt });
        table.HasIndex(r => r.ExpiresAt);
    }
}
